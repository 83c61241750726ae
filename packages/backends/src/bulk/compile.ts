import { inputSize, MasoError, type Network, outputShape, type Shape, sizeOf } from "@maso/core";
import { concat, findBackend, type Tensor, type Tensor2D, tidy, zeros } from "@tensorflow/tfjs-core";
import { codeLayout } from "../codes";
import { allRows } from "./all-rows";
import { bulkNetwork } from "./bulk-network";
import type { Compiled } from "./compiled";
import { constants } from "./constants";
import { registerKernels } from "./kernels/register-kernels";
import { shareMemory } from "./kernels/wasm/share-memory";
import { joinCodes } from "./kernels/webgpu/join-codes";
import { noteOnce } from "./note-once";
import { onBackend, readyBackend } from "./on-backend";
import { fused } from "./plan/fused";
import { planOf } from "./plan/plan";
import { asPoints, shaped } from "./points";

export interface CompileOptions {
  /** "cpu", "wasm" or "webgpu"; the one that TensorFlow.js uses now where absent. */
  readonly backend?: string;
}

/**
 * The network as kernels of a TensorFlow.js backend. Its tensors stay on that backend until `dispose`; TensorFlow.js's own choice of backend
 * is left as it is. Throws "unsupported" where TensorFlow.js has no such backend, or maso no kernels for it.
 */
export async function compile(network: Network, options: CompileOptions = {}): Promise<Compiled> {
  const backend = await readyBackend(options.backend);
  registerKernels(backend);
  if (backend === "wasm") await shareMemory(findBackend(backend) as object);
  const held = constants();
  const layout = codeLayout(network);
  const bulk = onBackend(backend, () => bulkNetwork(fused(planOf(network)), held, backend, noteOnce));
  const [input, output, outputs] = [pointShape(network), outputShape(network), sizeOf(outputShape(network))];
  const size = inputSize(network);
  let disposed = false;
  /** Runs on the backend, within a tidy of its own. */
  const inside = (who: string, action: () => Tensor): Tensor => {
    if (disposed) throw new MasoError("usage", `${who}: the network is disposed of; compile it again`);
    return onBackend(backend, () => tidy(action));
  };
  const points = (who: string, x: Tensor): Tensor2D => asPoints(who, x, network.inputs, size);
  const grouped = (who: string, rows: number, of: number): number => {
    const group = of / rows;
    if (Number.isInteger(group) && group > 0) return group;
    throw new MasoError("shape", `${who}: ${of} rows are given for ${rows} points; they need to be a multiple`);
  };
  return {
    backend,
    layout,
    forward: (x) => inside("forward", () => shaped(bulk.forward(points("forward", x)), output)),
    encode: (x) =>
      inside("encode", () => {
        const given = points("encode", x);
        const codes = bulk.codes(given);
        if (codes.length === 0) return zeros([given.shape[0], 0], "int32");
        return backend === "webgpu" ? joinCodes(codes) : concat([...codes], 1);
      }),
    jvp: (x, v) =>
      inside("jvp", () => {
        const [at, along] = [points("jvp", x), points("jvp", v)];
        const group = grouped("jvp", at.shape[0], along.shape[0]);
        return shaped(bulk.apply(bulk.freeze(at, "derivative"), along, group, false), output);
      }),
    vjp: (x, u) =>
      inside("vjp", () => {
        const [at, back] = [points("vjp", x), asPoints("vjp", u, [output], outputs)];
        const group = grouped("vjp", at.shape[0], back.shape[0]);
        return shaped(bulk.adjoint(bulk.freeze(at, "derivative"), back, group), input);
      }),
    templates: (x) =>
      inside("templates", () => shaped(allRows(bulk, points("templates", x), outputs, widest(network)), [outputs, ...input])),
    localBias: (x) =>
      inside("localBias", () => {
        const at = points("localBias", x);
        return shaped(bulk.apply(bulk.freeze(at, "local-map"), zeros(at.shape), 1, true), output);
      }),
    dispose: () => {
      if (disposed) return;
      disposed = true;
      held.dispose();
    },
  };
}

/** The number of values of its widest node. */
function widest({ inputs, nodes }: Network): number {
  return Math.max(...inputs.map(sizeOf), ...nodes.map(({ op }) => sizeOf(op.output)));
}

/** Of one input its shape; several are one vector. */
function pointShape(network: Network): Shape {
  return network.inputs.length === 1 ? network.inputs[0]! : [inputSize(network)];
}
