import { optional, strictObject } from "valibot";
import { ZERO } from "../affine/checked-bias";
import { diagonal } from "../affine/diagonal";
import { definePlugin } from "../define-plugin";
import { divideNode, multiplyNode, negateNode, powerNode } from "../params/arithmetic-nodes";
import { constantLike } from "../params/constant-like";
import { oneInput } from "../params/image-shape";
import { vector } from "../params/numbers";
import { isChannelsFirst } from "../params/tfjs-op-attributes";
import { broadcastValues, unbatched } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

/** scale ∘ x + shift: one number each, one per channel, or one per value. */
export const scaleShift = definePlugin({
  kind: "scale-shift",
  params: strictObject({ scale: optional(vector), shift: optional(vector) }),
  build: ({ scale = Float64Array.of(1), shift = ZERO }, inputs) => diagonal(oneInput(inputs), scale, shift),
  tfjs: {
    layers: { Rescaling: ({ config }) => ({ scale: Number(config.scale ?? 1), shift: Number(config.offset ?? 0) }) },
    ops: {
      BiasAdd: { anyLayout: biased },
      BiasAddV1: { anyLayout: biased },
      Mul: { anyLayout: multiplyNode },
      Div: { anyLayout: (node) => divideNode(node, null) },
      RealDiv: { anyLayout: (node) => divideNode(node, null) },
      DivNoNan: { anyLayout: (node) => divideNode(node, 0) },
      Neg: { anyLayout: negateNode },
      Pow: { anyLayout: powerNode },
    },
  },
});

/** TensorFlow.js adds what broadcasts. */
function biased(node: TfjsNode) {
  isChannelsFirst(node);
  const values = node.inputs[0]!;
  return { shift: broadcastValues(constantLike(values, node, 1, "bias"), unbatched(values.shape)) };
}
