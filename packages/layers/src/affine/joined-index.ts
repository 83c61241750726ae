import { type Shape, sizeOf } from "@maso/core";

/** The index of a gather that lays inputs end to end along an axis: a block of each in turn, for every place before that axis. */
export function joinedIndex(inputs: readonly Shape[], outer: number): Int32Array {
  const index = new Int32Array(inputs.reduce((total, shape) => total + sizeOf(shape), 0));
  let at = 0;
  for (let block = 0; block < outer; block++) {
    let start = 0;
    for (const shape of inputs) {
      const length = sizeOf(shape) / outer;
      for (let i = 0; i < length; i++) index[at++] = start + block * length + i;
      start += sizeOf(shape);
    }
  }
  return index;
}
