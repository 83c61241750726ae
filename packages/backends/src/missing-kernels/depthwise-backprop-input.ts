import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type ConvAttributes, convGeometry } from "./conv-geometry";
import { depthwiseInputGradient } from "./depthwise-input-gradient";
import type { MissingKernel } from "./missing-kernel";
import { checkType, floatsOf, makeTensor, type WasmBackend } from "./tensors";

const WHO = "DepthwiseConv2dNativeBackpropInput";

/** The gradient of tf.depthwiseConv2d in its input. */
export const depthwiseBackpropInput: MissingKernel =
  (tf, engine) =>
  ({ inputs, attrs, backend }) => {
    const wasm = backend as WasmBackend;
    const attributes = attrs as unknown as ConvAttributes & { readonly inputShape: readonly number[] };
    const { dy, filter } = inputs as { readonly dy: TensorInfo; readonly filter: TensorInfo };
    checkType(WHO, "dy", dy);
    checkType(WHO, "filter", filter);
    const x = attributes.inputShape;
    const shapes = { x, filter: filter.shape, dy: dy.shape };
    const geometry = convGeometry(WHO, tf.backend_util.computeConv2DInfo, shapes, attributes, true);
    return makeTensor(wasm, x, (to) => depthwiseInputGradient(engine, floatsOf(wasm, dy), floatsOf(wasm, filter), geometry, to));
  };
