import { type AffineOperator, type Compute, sizeOf, totalSize } from "@maso/core";
import { joinRows } from "./join-rows";

/** Rows, and entries of all rows, that are read at most. */
const MOST_ROWS = 4096;
const MOST_READ = 2 ** 24;

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
