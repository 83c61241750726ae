import { formatShape, MasoError, type Shape, sizeOf } from "@maso/core";
import { type GenericSchema, pipe, transform, union } from "valibot";
import { numbersExpected, real } from "./numbers";
import { anyRank, type Tensor, type TensorInput } from "./tensor";

/** Slopes as a parameter: one number stands for a tensor of one. */
export const slopes: GenericSchema<number | TensorInput, Tensor> = union(
  [
    pipe(
      real,
      transform((value) => ({ shape: [1], data: Float64Array.of(value) })),
    ),
    anyRank(() => null),
  ],
  numbersExpected,
);

/** The slope of each unit, without the leading axes over which it repeats: unit k has value k % length. */
export function slopesOf(name: string, { shape, data }: Tensor, input: Shape): Float64Array {
  const missing = input.length - shape.length;
  const aligned = [...new Array<number>(Math.max(0, missing)).fill(1), ...shape];
  if (missing < 0 || !aligned.every((extent, axis) => extent === 1 || extent === input[axis]))
    throw new MasoError(
      "shape",
      `${name} has shape ${formatShape(shape)}; input ${formatShape(input)} needs its last axes, each of the same extent or 1`,
      { at: name },
    );
  const leading = aligned.findIndex((extent) => extent !== 1);
  if (leading < 0) return data;
  const extents = input.slice(leading);
  const own = aligned.slice(leading);
  return Float64Array.from({ length: sizeOf(extents) }, (_, k) => data[sharedIndex(k, extents, own)]!);
}

/** The row-major index of position k of `extents` in a tensor whose axes are these or 1. */
function sharedIndex(k: number, extents: Shape, own: Shape): number {
  let index = 0;
  let step = 1;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    if (own[axis] !== 1) index += (k % extents[axis]!) * step;
    k = Math.floor(k / extents[axis]!);
    step *= own[axis]!;
  }
  return index;
}
