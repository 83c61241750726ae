/** A matrix of `rows` rows made one of `rows` columns; a single row or column is returned as it is. */
export function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  if (rows === 1 || columns === 1) return a;
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j];
  return result;
}
