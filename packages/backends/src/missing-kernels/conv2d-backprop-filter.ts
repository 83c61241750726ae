import { MasoError } from "@maso/core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type ConvAttributes, convGeometry } from "./conv-geometry";
import { filterGradient } from "./filter-gradient";
import type { MissingKernel, Tfjs } from "./missing-kernel";
import { checkType, floatsOf, makeTensor, type WasmBackend } from "./tensors";

const WHO = "Conv2DBackpropFilter";

interface Attributes extends ConvAttributes {
  readonly filterShape: readonly number[];
  readonly dataFormat: "NHWC" | "NCHW";
}

/** The gradient of tf.conv2d in its filter. Channels-first images are transposed first. */
export const conv2dBackpropFilter: MissingKernel =
  (tf, engine) =>
  ({ inputs, attrs, backend }) => {
    const wasm = backend as WasmBackend;
    const attributes = attrs as unknown as Attributes;
    const { x, dy } = inputs as { readonly x: TensorInfo; readonly dy: TensorInfo };
    checkType(WHO, "x", x);
    checkType(WHO, "dy", dy);
    const { dataFormat } = attributes;
    if (dataFormat === "NHWC") return gradient(x, dy);
    if (dataFormat !== "NCHW") throw new MasoError("params", `${WHO}: dataFormat is ${dataFormat}; needs NHWC or NCHW`);
    const [lastX, lastDy] = [channelsLast(tf, wasm, x), channelsLast(tf, wasm, dy)];
    try {
      return gradient(lastX, lastDy);
    } finally {
      wasm.disposeData(lastX.dataId);
      wasm.disposeData(lastDy.dataId);
    }

    function gradient(x: TensorInfo, dy: TensorInfo): TensorInfo {
      const { filterShape } = attributes;
      const shapes = { x: x.shape, filter: filterShape, dy: dy.shape };
      const geometry = convGeometry(WHO, tf.backend_util.computeConv2DInfo, shapes, attributes, false);
      return makeTensor(wasm, filterShape, (to) => filterGradient(engine, floatsOf(wasm, x), floatsOf(wasm, dy), geometry, to));
    }
  };

function channelsLast(tf: Tfjs, backend: WasmBackend, x: TensorInfo): TensorInfo {
  const transpose = tf.getKernel("Transpose", "wasm");
  if (transpose === undefined)
    throw new MasoError("unsupported", `${WHO}: channels-first images need the kernel Transpose of tfjs on wasm`);
  return transpose.kernelFunc({ inputs: { x }, backend, attrs: { perm: [0, 2, 3, 1] } }) as TensorInfo;
}
