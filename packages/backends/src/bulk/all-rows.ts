import { concat, eye, slice, type Tensor2D, tidy, tile, zeros } from "@tensorflow/tfjs-core";
import type { BulkNetwork } from "./bulk-network";

/** Values of the widest node that are worked on at a time: 4 MiB, some caches' worth, and no gigabytes for a thousand outputs. */
const BLOCK_VALUES = 2 ** 20;

/** All rows of A[x] at each row of x, [rows · outputs, inputs]: in blocks of points, or of outputs where those of one point are too many. */
export function allRows(bulk: BulkNetwork, x: Tensor2D, outputs: number, widest: number): Tensor2D {
  if (x.shape[0] === 0) return zeros([0, x.shape[1]]);
  const most = Math.max(1, Math.floor(BLOCK_VALUES / widest));
  const identity = eye(outputs);
  return inBlocks(x, Math.max(1, Math.floor(most / outputs)), (points) => {
    const frozen = bulk.freeze(points, "local-map");
    const count = points.shape[0];
    return count > 1
      ? bulk.adjoint(frozen, tile(identity, [count, 1]), outputs)
      : inBlocks(identity, most, (some) => bulk.adjoint(frozen, some, some.shape[0]));
  });
}

/** Blocks of so many rows, each in a tidy of its own, their results end to end. */
function inBlocks(x: Tensor2D, step: number, block: (x: Tensor2D) => Tensor2D): Tensor2D {
  const [rows, size] = x.shape;
  if (rows <= step) return block(x);
  const parts: Tensor2D[] = [];
  for (let from = 0; from < rows; from += step) parts.push(tidy(() => block(slice(x, [from, 0], [Math.min(step, rows - from), size]))));
  return concat(parts, 0);
}
