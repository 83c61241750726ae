import type { AffineOperator, Compute } from "@maso/core";

/** Rows that are worth a look at which columns are 0 in all of them, and the largest share of the others that is worth leaving those out. */
const ENOUGH_ROWS = 32;
const MOST_LIVE = 0.85;

/**
 * A·v for rows v of an operator's inputs. Of a dense matrix only those columns are multiplied whose input is not 0 in all rows: of units that
 * are off all over a small part of the window there are many. The same as `linear` up to the order of sums.
 */
export function liveLinear(op: AffineOperator, parts: readonly Float64Array[], rows: number, compute: Compute): Float64Array {
  const { form } = op;
  const [x] = parts;
  if (form?.type !== "matrix" || x === undefined || rows < ENOUGH_ROWS || form.columns * rows !== x.length)
    return op.linear(parts, compute);
  const live = liveColumns(x, form.columns);
  if (live.length > MOST_LIVE * form.columns) return op.linear(parts, compute);
  const dims = { m: rows, k: live.length, n: form.rows, transposeB: true };
  return compute.matmul(chosenColumns(x, form.columns, live), chosenColumns(form.weight, form.columns, live), dims);
}

/** The columns of a matrix that are not all 0. */
function liveColumns(matrix: Float64Array, columns: number): Int32Array {
  const dead = Int32Array.from({ length: columns }, (_, k) => k);
  let count = columns;
  for (let at = 0; at < matrix.length; at += columns) {
    let kept = 0;
    for (let i = 0; i < count; i++) if (matrix[at + dead[i]!] === 0) dead[kept++] = dead[i]!;
    count = kept;
  }
  const live = new Int32Array(columns - count);
  for (let k = 0, d = 0, next = 0; k < columns; k++) {
    if (d < count && dead[d] === k) d++;
    else live[next++] = k;
  }
  return live;
}

function chosenColumns(matrix: Float64Array, columns: number, chosen: Int32Array): Float64Array {
  const width = chosen.length;
  const result = new Float64Array((matrix.length / columns) * width);
  for (let at = 0, to = 0; at < matrix.length; at += columns, to += width)
    for (let k = 0; k < width; k++) result[to + k] = matrix[at + chosen[k]!]!;
  return result;
}
