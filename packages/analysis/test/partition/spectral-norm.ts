/** The largest singular value of a matrix of few rows or columns, by Jacobi rotations of its Gram matrix. */
export function spectralNorm(rows: readonly (readonly number[])[]): number {
  const columns = rows[0]?.length ?? 0;
  const tall = rows.length >= columns;
  const size = tall ? columns : rows.length;
  const entry = (i: number, j: number): number =>
    tall ? rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0) : rows[i]!.reduce((sum, value, k) => sum + value * rows[j]![k]!, 0);
  const gram = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => entry(i, j)));
  for (let sweep = 0; sweep < 30; sweep++) for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(gram, p, q);
  return Math.sqrt(Math.max(0, ...gram.map((row, i) => row[i]!)));
}

/** Makes entry (p, q) of a symmetric matrix 0. */
function rotate(m: number[][], p: number, q: number): void {
  if (m[p]![q] === 0) return;
  const angle = Math.atan2(2 * m[p]![q]!, m[p]![p]! - m[q]![q]!) / 2;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  for (const row of m) {
    const [x, y] = [row[p]!, row[q]!];
    row[p] = c * x + s * y;
    row[q] = c * y - s * x;
  }
  const [above, below] = [m[p]!, m[q]!];
  m[p] = above.map((x, j) => c * x + s * below[j]!);
  m[q] = below.map((y, j) => c * y - s * above[j]!);
  m[p]![q] = 0;
  m[q]![p] = 0;
}
