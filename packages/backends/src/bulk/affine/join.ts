import { concat, reshape, split, type Tensor2D } from "@tensorflow/tfjs-core";
import { alias } from "./alias";
import { disposeAll } from "./dispose-all";

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
