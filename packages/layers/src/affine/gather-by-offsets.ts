import { type AffineBody, checkShape, type Shape, sizeOf } from "@maso/core";
import { gather } from "./gather";

/**
 * A gather that moves along each output axis by itself: output [i, j, ...] is the value offsets[0][i] + offsets[1][j] + ..., or 0 where one of
 * them is −1: permutations, slices, pads, repeats.
 */
export function gatherByOffsets(input: Shape, offsets: readonly (readonly number[])[]): AffineBody {
  const output = offsets.map(({ length }) => length);
  checkShape("gather", output);
  return gather([input], output, offsetIndex(offsets));
}

/** The index of such a gather. */
export function offsetIndex(offsets: readonly (readonly number[])[]): Int32Array {
  let index = Int32Array.of(0);
  for (const along of offsets) {
    const longer = new Int32Array(index.length * along.length);
    for (let i = 0, at = 0; i < index.length; i++)
      for (const offset of along) longer[at++] = index[i]! < 0 || offset < 0 ? -1 : index[i]! + offset;
    index = longer;
  }
  return index;
}

/** The offsets of places along an axis of the input, −1 for none; of all places where absent. */
export function offsetsAlong(input: Shape, axis: number, places: readonly number[] = range(input[axis]!)): readonly number[] {
  const step = sizeOf(input.slice(axis + 1));
  return places.map((place) => (place < 0 ? -1 : place * step));
}

/** 0, 1, ... */
export function range(length: number, from = 0): readonly number[] {
  return Array.from({ length }, (_, i) => from + i);
}
