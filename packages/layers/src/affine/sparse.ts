import { type AffineBody, checkShape, MasoError, type Rows, roundedUp, type Shape, sizeOf } from "@maso/core";

/** A matrix by its nonzero entries: row k has the columns indices[rowStart[k] ... rowStart[k + 1] − 1], ascending. */
export interface SparseRows {
  readonly rowStart: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** One input, mapped by a sparse matrix: pooling by averages, sums, interpolation. */
export function sparse(input: Shape, output: Shape, matrix: SparseRows, bias: Float64Array = Float64Array.of(0)): AffineBody {
  checkShape("sparse", output);
  const size = sizeOf(input);
  const count = sizeOf(output);
  const { rowStart, indices, values } = matrix;
  if (
    rowStart.length !== count + 1 ||
    rowStart[count] !== indices.length ||
    values.length !== indices.length ||
    !indices.every((j) => j >= 0 && j < size)
  )
    throw new MasoError("shape", `sparse: the matrix needs ${count} rows of columns from 0 to ${size - 1}`);
  const times = (v: Rows, entries: Float64Array): Rows => {
    const rows = v.length / size;
    const result = new Float64Array(rows * count);
    for (let row = 0, at = 0; row < rows; row++)
      for (let k = 0; k < count; k++, at++) {
        let sum = 0;
        for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++) sum += entries[e]! * v[row * size + indices[e]!]!;
        result[at] = sum;
      }
    return result;
  };
  return {
    type: "affine",
    inputs: [input],
    output,
    bias,
    linear: ([v]) => times(v!, values),
    magnitude: ([r]) => times(r!, values.map(Math.abs)),
    adjoint: (u) => {
      const rows = u.length / count;
      const result = new Float64Array(rows * size);
      for (let row = 0, at = 0; row < rows; row++)
        for (let k = 0; k < count; k++, at++)
          for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++) result[row * size + indices[e]!]! += values[e]! * u[at]!;
      return [result];
    },
    row: (k) => ({ indices: indices.slice(rowStart[k]!, rowStart[k + 1]!), values: values.slice(rowStart[k]!, rowStart[k + 1]!) }),
    column: (j) => {
      const rows: number[] = [];
      const entries: number[] = [];
      for (let k = 0; k < count; k++)
        for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++)
          if (indices[e] === j) {
            rows.push(k);
            entries.push(values[e]!);
          }
      return { indices: Int32Array.from(rows), values: Float64Array.from(entries) };
    },
    gain: (norm) => {
      const rowSum = times(new Float64Array(size).fill(1), values.map(Math.abs)).reduce((a, b) => Math.max(a, b), 0);
      const columnSums = new Float64Array(size);
      indices.forEach((j, e) => {
        columnSums[j]! += Math.abs(values[e]!);
      });
      const columnSum = columnSums.reduce((a, b) => Math.max(a, b), 0);
      return roundedUp(norm === "inf" ? rowSum : norm === 1 ? columnSum : Math.sqrt(rowSum * columnSum), size + count);
    },
  };
}

/** Collects the rows of a sparse matrix in order. */
export function sparseRows(count: number, entriesOf: (k: number) => readonly (readonly [column: number, value: number])[]): SparseRows {
  const rowStart = new Int32Array(count + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let k = 0; k < count; k++) {
    for (const [column, value] of entriesOf(k)) {
      indices.push(column);
      values.push(value);
    }
    rowStart[k + 1] = indices.length;
  }
  return { rowStart, indices: Int32Array.from(indices), values: Float64Array.from(values) };
}
