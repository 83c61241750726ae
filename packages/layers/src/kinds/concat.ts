import { checkShape, formatShape, MasoError, type Shape, sizeOf } from "@maso/core";
import { integer, number, optional, pipe, strictObject } from "valibot";
import { gather } from "../affine/gather";
import { definePlugin } from "../define-plugin";
import { resolveAxis } from "../params/image-shape";
import { kerasAxis } from "../params/keras-axis";

/** Inputs laid end to end along one axis. */
export const concat = definePlugin({
  kind: "concat",
  params: strictObject({ axis: optional(pipe(number("expected a number"), integer("expected a whole number")), -1) }),
  build: ({ axis }, inputs) => {
    const at = resolveAxis(axis, inputs[0]!.length);
    const output = outputShape(inputs, at);
    checkShape("concat", output);
    return gather(inputs, output, joinedIndex(inputs, output, at));
  },
  tfjs: { layers: { Concatenate: ({ config }) => ({ axis: kerasAxis(config.axis) }) } },
});

function outputShape(inputs: readonly Shape[], axis: number): Shape {
  const first = inputs[0]!;
  const odd = inputs.find((shape) => shape.length !== first.length || shape.some((extent, a) => a !== axis && extent !== first[a]));
  if (odd) throw new MasoError("shape", `inputs of shapes ${formatShape(first)} and ${formatShape(odd)} need to agree off axis ${axis}`);
  return first.map((extent, a) => (a === axis ? inputs.reduce((total, shape) => total + shape[axis]!, 0) : extent));
}

/** For each output in order: blocks of axis · inner values, one from each input in turn. */
function joinedIndex(inputs: readonly Shape[], output: Shape, axis: number): Int32Array {
  const inner = sizeOf(output.slice(axis + 1));
  const outer = sizeOf(output.slice(0, axis));
  const index = new Int32Array(sizeOf(output));
  let at = 0;
  for (let block = 0; block < outer; block++) {
    let start = 0;
    for (const shape of inputs) {
      const length = shape[axis]! * inner;
      for (let i = 0; i < length; i++) index[at++] = start + block * length + i;
      start += sizeOf(shape);
    }
  }
  return index;
}
