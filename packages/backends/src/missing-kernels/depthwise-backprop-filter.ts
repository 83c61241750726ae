import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type ConvAttributes, convGeometry } from "./conv-geometry";
import { depthwiseFilterGradient } from "./depthwise-filter-gradient";
import type { MissingKernel } from "./missing-kernel";
import { checkType, floatsOf, makeTensor, type WasmBackend } from "./tensors";

const WHO = "DepthwiseConv2dNativeBackpropFilter";

/** The gradient of tf.depthwiseConv2d in its filter. */
export const depthwiseBackpropFilter: MissingKernel =
  (tf, engine) =>
  ({ inputs, attrs, backend }) => {
    const wasm = backend as WasmBackend;
    const attributes = attrs as unknown as ConvAttributes & { readonly filterShape: readonly number[] };
    const { x, dy } = inputs as { readonly x: TensorInfo; readonly dy: TensorInfo };
    checkType(WHO, "x", x);
    checkType(WHO, "dy", dy);
    const filter = attributes.filterShape;
    const shapes = { x: x.shape, filter, dy: dy.shape };
    const geometry = convGeometry(WHO, tf.backend_util.computeConv2DInfo, shapes, attributes, true);
    return makeTensor(wasm, filter, (to) => depthwiseFilterGradient(engine, floatsOf(wasm, x), floatsOf(wasm, dy), geometry, to));
  };
