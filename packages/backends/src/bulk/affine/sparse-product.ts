import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import { callKernel } from "../kernels/call-kernel";

/** A sparse matrix by rows; rows and columns stand for `channels` values each. Values null: all are 1. */
export interface SparseMatrix {
  readonly rowStart: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array | null;
  readonly columns: number;
  readonly channels: number;
}

/** Rows of values times a sparse matrix. */
export function sparseProduct(
  { rowStart, indices, values, columns, channels }: SparseMatrix,
  constants: Constants,
): (v: Tensor2D) => Tensor2D {
  const attributes = { size: columns, count: rowStart.length - 1, channels };
  const held = {
    rowStart: constants.integers(rowStart),
    // No buffer of a GPU is empty.
    indices: constants.integers(indices.length === 0 ? Int32Array.of(0) : indices),
    ...(values && values.length > 0 && { entries: constants.floats(values) }),
  };
  return (v) => callKernel("MasoSparse", { v, ...held }, attributes);
}

export function transposed({ rowStart, indices, values, columns, channels }: SparseMatrix): SparseMatrix {
  const count = rowStart.length - 1;
  const starts = new Int32Array(columns + 1);
  for (const j of indices) starts[j + 1]!++;
  for (let j = 0; j < columns; j++) starts[j + 1]! += starts[j]!;
  const filled = starts.slice();
  const rows = new Int32Array(indices.length);
  const entries = values && new Float64Array(values.length);
  for (let k = 0; k < count; k++)
    for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++) {
      const at = filled[indices[e]!]!++;
      rows[at] = k;
      if (entries) entries[at] = values![e]!;
    }
  return { rowStart: starts, indices: rows, values: entries, columns: count, channels };
}

/** The matrix of a gather, −1 for none, whose neighbours that move together are its channels. */
export function gatherMatrix(index: Int32Array, total: number): SparseMatrix {
  const channels = blockOf(index, total);
  const count = index.length / channels;
  const rowStart = new Int32Array(count + 1);
  const indices: number[] = [];
  for (let k = 0; k < count; k++) {
    const j = index[k * channels]!;
    if (j >= 0) indices.push(j / channels);
    rowStart[k + 1] = indices.length;
  }
  return { rowStart, indices: Int32Array.from(indices), values: null, columns: total / channels, channels };
}

/** The largest length of equal blocks that a gather moves whole. */
function blockOf(index: Int32Array, total: number): number {
  let block = gcd(index.length, total);
  for (let k = 1; k < index.length && block > 1; k++) {
    const [before, here] = [index[k - 1]!, index[k]!];
    if (here < 0 ? before >= 0 : here !== before + 1 || before < 0) block = gcd(block, k);
  }
  for (let k = 0; k < index.length && block > 1; k += block) {
    if (index[k]! > 0) block = gcd(block, index[k]!);
  }
  return block;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
