import { inputSize, type Network, outputShape, type Rows, sizeOf } from "@maso/core";
import type { BulkDevice, BulkOnRows } from "@maso/layers/testing";
import { type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import { type Compiled, compile } from "../bulk";
import { packedCodes, unpackCode } from "../codes";

/** A backend as a device of the conformance kit; `absent` says why it is not here. */
export function bulkDevice(backend: string, absent?: string): BulkDevice {
  return {
    name: backend,
    ...(absent !== undefined && { absent }),
    compile: async (network) => onRows(network, await compile(network, { backend })),
  };
}

/** A compiled network's functions on rows of numbers. */
function onRows(network: Network, compiled: Compiled): BulkOnRows {
  const [inputs, outputs] = [inputSize(network), sizeOf(outputShape(network))];
  const upload = (rows: Rows, size: number): Tensor => tensor2d(Float32Array.from(rows), [rows.length / size, size]);
  const download = async (given: readonly Tensor[], result: Tensor): Promise<Float32Array | Int32Array> => {
    const values = await result.data<"float32" | "int32">();
    for (const tensor of [...given, result]) tensor.dispose();
    return values;
  };
  const at = async (of: (x: Tensor) => Tensor, x: Rows): Promise<Rows> => {
    const points = upload(x, inputs);
    return Float64Array.from(await download([points], of(points)));
  };
  const along = async (of: (x: Tensor, v: Tensor) => Tensor, x: Rows, v: Rows, size: number): Promise<Rows> => {
    const given = [upload(x, inputs), upload(v, size)] as const;
    return Float64Array.from(await download(given, of(...given)));
  };
  return {
    forward: (x) => at(compiled.forward, x),
    choices: async (x) => {
      const points = upload(x, inputs);
      const words = Int32Array.from(await download([points], compiled.encode(points)));
      const { layers } = unpackCode(packedCodes(compiled.layout, x.length / inputs, words));
      return layers.map(({ choice }) => choice);
    },
    jvp: (x, v) => along(compiled.jvp, x, v, inputs),
    vjp: (x, u) => along(compiled.vjp, x, u, outputs),
    templates: (x) => at(compiled.templates, x),
    localBias: (x) => at(compiled.localBias, x),
    dispose: compiled.dispose,
  };
}
