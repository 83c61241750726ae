import type { Compute, MatmulDims } from "./compute";

/** Rows that are worth a look at which columns are 0 in all of them, and the largest share of the others that is worth leaving those out. */
const ENOUGH_ROWS = 32;
const MOST_LIVE = 0.85;

/** A·Bᵀ for A [m, k] and B [n, k], by some product. Columns of A that are 0 in all rows are left out where they are many: the same bits. */
export function liveProduct(
  product: Compute["matmul"],
  a: Float64Array,
  b: Float64Array,
  { m, k, n }: Pick<MatmulDims, "m" | "k" | "n">,
): Float64Array {
  const live = m < ENOUGH_ROWS ? null : liveColumns(a, k);
  if (live === null || !isWorthChoosing(live.length, m, k)) return product(a, b, { m, k, n, transposeB: true });
  return product(chosenColumns(a, k, live), chosenColumns(b, k, live), { m, k: live.length, n, transposeB: true });
}

/** Whether a product of so many rows had better have those columns alone that are not 0: of units off all over a small part of the window there are many. */
export function isWorthChoosing(live: number, rows: number, columns: number): boolean {
  return rows >= ENOUGH_ROWS && live <= MOST_LIVE * columns;
}

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

/** Some columns of a matrix, side by side. */
function chosenColumns(matrix: Float64Array, columns: number, chosen: Int32Array): Float64Array {
  const width = chosen.length;
  const result = new Float64Array((matrix.length / columns) * width);
  for (let at = 0, to = 0; at < matrix.length; at += columns, to += width)
    for (let k = 0; k < width; k++) result[to + k] = matrix[at + chosen[k]!]!;
  return result;
}
