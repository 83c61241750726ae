import type { Engine } from "./engine";

/** Values of the matrix that are copied in at a time: they stay in the second-level cache. */
const STRIP_VALUES = 2 ** 14;

interface Sizes {
  /** Vectors. */
  readonly count: number;
  /** Of the matrix. */
  readonly rows: number;
  readonly columns: number;
}

/** result[v, i] = Σ_p matrix[i, p]·vectors[v, p]; null where it does not fit. */
export function timesVectors(
  { kernels, workspace }: Engine,
  matrix: Float64Array,
  vectors: Float64Array,
  sizes: Sizes,
): Float64Array | null {
  const { count, rows, columns } = sizes;
  const step = Math.max(8, Math.floor(STRIP_VALUES / columns / 8) * 8);
  // The kernel writes eight sums at a time.
  const stride = rows + 8;
  const places = workspace.place({ strip: Math.min(step, rows) * columns, vectors: count * columns, sums: count * stride });
  if (places === null) return null;
  workspace.put(vectors, places.vectors);
  for (let from = 0; from < rows; from += step) {
    const some = Math.min(step, rows - from);
    workspace.put(matrix.subarray(from * columns, (from + some) * columns), places.strip);
    for (let v = 0; v < count; v++)
      kernels.dotRows(places.sums + (v * stride + from) * 8, places.strip, places.vectors + v * columns * 8, some, columns);
  }
  const result = new Float64Array(count * rows);
  for (let v = 0; v < count; v++) result.set(workspace.at(places.sums + v * stride * 8, rows), v * rows);
  return result;
}

/** result[v, j] = Σ_p vectors[v, p]·matrix[p, j]; null where it does not fit. */
export function vectorsTimes(
  { kernels, workspace }: Engine,
  vectors: Float64Array,
  matrix: Float64Array,
  sizes: Sizes,
): Float64Array | null {
  const { count, rows, columns } = sizes;
  const step = Math.max(4, Math.floor(STRIP_VALUES / columns / 4) * 4);
  const places = workspace.place({ strip: Math.min(step, rows) * columns, vectors: count * rows, sums: count * columns });
  if (places === null) return null;
  workspace.put(vectors, places.vectors);
  const sums = workspace.at(places.sums, count * columns).fill(0);
  for (let from = 0; from < rows; from += step) {
    const some = Math.min(step, rows - from);
    workspace.put(matrix.subarray(from * columns, (from + some) * columns), places.strip);
    for (let v = 0; v < count; v++)
      kernels.addRows(places.sums + v * columns * 8, places.strip, places.vectors + (v * rows + from) * 8, some, columns);
  }
  return sums.slice();
}
