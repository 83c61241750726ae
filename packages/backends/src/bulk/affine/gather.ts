import { type GatherForm, sizeOf } from "@maso/core";
import { concat, reshape, split, type Tensor2D } from "@tensorflow/tfjs-core";
import { alias } from "./alias";
import { disposeAll, withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { gatherMatrix, sparseProduct, transposed } from "./sparse-product";

/** Inputs laid end to end along an axis are concatenated; any other gather is a sparse product. */
export const gather: BulkRule<GatherForm> = ({ index }, { inputs, bias, constants }) => {
  const sizes = inputs.map(sizeOf);
  const outer = inputs.length > 1 ? joinedBlocks(index, sizes) : null;
  if (outer !== null)
    return {
      apply: withBiasAdded((v) => join(v, outer), bias, constants),
      adjoint: (u) => cut(u, sizes, outer),
    };
  const total = sizes.reduce((a, b) => a + b, 0);
  const product = gatherMatrix(index, total);
  const [forward, backward] = [sparseProduct(product, constants), sparseProduct(transposed(product), constants)];
  return {
    apply: withBiasAdded((v) => whole(v, forward), bias, constants),
    adjoint: (u) => {
      const back = backward(u);
      if (sizes.length === 1) return [back];
      const parts = cut(back, sizes, 1);
      back.dispose();
      return parts;
    },
  };
};

function whole(v: readonly Tensor2D[], product: (v: Tensor2D) => Tensor2D): Tensor2D {
  if (v.length === 1) return product(v[0]!);
  const joined = join(v, 1);
  const result = product(joined);
  joined.dispose();
  return result;
}

/** Row by row, `outer` blocks of each part in turn. A new tensor, which shares its values where there is one part. */
export function join(parts: readonly Tensor2D[], outer: number): Tensor2D {
  if (parts.length === 1) return alias(parts[0]!);
  const rows = parts[0]!.shape[0];
  const blocks = parts.map((part) => reshape(part, [rows * outer, part.shape[1] / outer]) as Tensor2D);
  const joined = concat(blocks, 1);
  const result = reshape(joined, [rows, (joined.shape[1] as number) * outer]) as Tensor2D;
  disposeAll(...blocks, joined);
  return result;
}

/** The inverse of join. */
export function cut(whole: Tensor2D, sizes: readonly number[], outer: number): readonly Tensor2D[] {
  if (sizes.length === 1) return [alias(whole)];
  const [rows, size] = whole.shape;
  const blocks = reshape(whole, [rows * outer, size / outer]);
  const parts = split(
    blocks,
    sizes.map((each) => each / outer),
    1,
  );
  const result = parts.map((part, i) => reshape(part, [rows, sizes[i]!]) as Tensor2D);
  disposeAll(blocks, ...parts);
  return result;
}

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
