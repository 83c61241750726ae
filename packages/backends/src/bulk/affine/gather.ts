import { type GatherForm, sizeOf, totalSize } from "@maso/core";
import { withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { cut, join } from "./join";
import { sparseAffine } from "./sparse-affine";
import { gatherMatrix } from "./sparse-product";

/** Inputs laid end to end along an axis are concatenated; any other gather is a sparse product. */
export const gather: BulkRule<GatherForm> = ({ index }, { inputs, bias, constants }) => {
  const sizes = inputs.map(sizeOf);
  const outer = inputs.length > 1 ? joinedBlocks(index, sizes) : null;
  if (outer !== null)
    return {
      apply: withBiasAdded((v) => join(v, outer), bias, constants),
      adjoint: (u) => cut(u, sizes, outer),
    };
  return sparseAffine(gatherMatrix(index, totalSize(inputs)), sizes, bias, constants);
};

/** Into how many blocks inputs are cut that a gather lays end to end in turn; null where it does something else. */
function joinedBlocks(index: Int32Array, sizes: readonly number[]): number | null {
  const total = sizes.reduce((a, b) => a + b, 0);
  if (index.length !== total) return null;
  let first = 1;
  while (first < sizes[0]! && index[first] === index[first - 1]! + 1) first++;
  const outer = sizes[0]! / first;
  if (sizes.some((size) => !Number.isInteger(size / outer))) return null;
  let at = 0;
  for (let block = 0; block < outer; block++) {
    let start = 0;
    for (const size of sizes) {
      const length = size / outer;
      for (let i = 0; i < length; i++) if (index[at++] !== start + block * length + i) return null;
      start += size;
    }
  }
  return outer;
}
