import { type AffineOperator, type Compute, roundingBound, sizeOf, totalSize } from "@maso/core";
import { joinRows } from "./join-rows";

/** Rows, and entries of all rows, that are read at most. */
const MOST_ROWS = 4096;
const MOST_READ = 2 ** 24;

/** A bound on the Euclidean length of some values. */
export function lengthOf(values: Float64Array, from: number, count: number): number {
  let square = 0;
  for (let i = from; i < from + count; i++) square += values[i]! * values[i]!;
  return Math.sqrt(square) * (1 + roundingBound(count + 2));
}

/** A bound on the Euclidean length of an operator's rows; ∞ where there are very many. */
export function longestRow(op: AffineOperator): number {
  const size = sizeOf(op.output);
  if (size > MOST_ROWS) return Infinity;
  let longest = 0;
  for (let k = 0; k < size; k++) {
    const { values } = op.row(k);
    longest = Math.max(longest, lengthOf(values, 0, values.length));
  }
  return longest;
}

/** Of larger matrices no spectral norm is computed. */
const MOST_ENTRIES = 2 ** 21;

/**
 * An upper bound on the spectral norm of an operator: σ₁⁸ ≤ Σ σᵢ⁸ = ‖(AᵀA)²‖²_F, with a bound on the rounding of both products. ∞ where the
 * matrix is large.
 */
export function spectralBound(op: AffineOperator, compute: Compute): number {
  const [m, n] = [sizeOf(op.output), totalSize(op.inputs)];
  if (m * n > MOST_ENTRIES) return Infinity;
  const a = new Float64Array(m * n);
  for (let k = 0; k < m; k++) {
    const { indices, values } = op.row(k);
    for (let e = 0; e < values.length; e++) a[k * n + indices[e]!] = values[e]!;
  }
  const side = Math.min(m, n);
  const gram =
    n <= m ? compute.matmul(a, a, { m: n, k: m, n, transposeA: true }) : compute.matmul(a, a, { m, k: n, n: m, transposeB: true });
  const square = compute.matmul(gram, gram, { m: side, k: side, n: side });
  // |computed − true| ≤ γ |Aᵀ||A| for the first product, and so on: all of it within ‖A‖_F⁴.
  const rounding = 4 * roundingBound(2 * (m + n)) * lengthOf(a, 0, a.length) ** 4;
  return (lengthOf(square, 0, square.length) + rounding) ** 0.25 * (1 + roundingBound(16));
}

/** |A| r. */
export function magnitude(op: AffineOperator, parts: readonly Float64Array[], rows: number, compute: Compute): Float64Array {
  if (op.magnitude) return op.magnitude(parts, compute);
  const joined = joinRows(parts, rows);
  const width = joined.length / rows;
  const count = sizeOf(op.output);
  const result = new Float64Array(rows * count);
  for (let k = 0; k < count; k++) {
    const { indices, values } = op.row(k);
    for (let row = 0; row < rows; row++)
      for (let e = 0; e < indices.length; e++) result[row * count + k]! += Math.abs(values[e]!) * joined[row * width + indices[e]!]!;
  }
  return result;
}

const mostTermsOf = new WeakMap<AffineOperator, number>();

/** The number of entries of an operator's longest row; all of its inputs where the rows are too long to be read. */
export function mostTerms(op: AffineOperator): number {
  const known = mostTermsOf.get(op);
  if (known !== undefined) return known;
  const size = sizeOf(op.output);
  const inputs = totalSize(op.inputs);
  let most = 0;
  // Rows in the middle of an image are the longest.
  if (size > MOST_ROWS && size * Math.min(inputs, op.row(size >> 1).indices.length) > MOST_READ) most = inputs;
  else for (let k = 0; k < size; k++) most = Math.max(most, op.row(k).indices.length);
  mostTermsOf.set(op, most);
  return most;
}
