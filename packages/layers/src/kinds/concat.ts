import { checkShape, formatShape, MasoError, type Shape, sizeOf } from "@maso/core";
import { optional, strictObject } from "valibot";
import { gather } from "../affine/gather";
import { joinedIndex } from "../affine/joined-index";
import { definePlugin } from "../define-plugin";
import { resolveAxis } from "../params/image-shape";
import { integerValue } from "../params/integer-value";
import { concatNode, oldConcatNode } from "../params/join-nodes";
import { kerasAxis } from "../params/keras-axis";

/** Inputs laid end to end along one axis. */
export const concat = definePlugin({
  kind: "concat",
  params: strictObject({ axis: optional(integerValue, -1) }),
  build: ({ axis }, inputs) => {
    const at = resolveAxis(axis, inputs[0]!.length);
    const output = outputShape(inputs, at);
    checkShape("concat", output);
    return gather(inputs, output, joinedIndex(inputs, sizeOf(output.slice(0, at))));
  },
  tfjs: {
    layers: { Concatenate: ({ config }) => ({ axis: kerasAxis(config.axis) }) },
    ops: { ConcatV2: { anyLayout: concatNode }, Concat: oldConcatNode },
  },
});

function outputShape(inputs: readonly Shape[], axis: number): Shape {
  const first = inputs[0]!;
  const odd = inputs.find((shape) => shape.length !== first.length || shape.some((extent, a) => a !== axis && extent !== first[a]));
  if (odd) throw new MasoError("shape", `inputs of shapes ${formatShape(first)} and ${formatShape(odd)} need to agree off axis ${axis}`);
  return first.map((extent, a) => (a === axis ? inputs.reduce((total, shape) => total + shape[axis]!, 0) : extent));
}
