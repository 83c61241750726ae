import { type AffineBody, checkShape, MasoError, type Rows, roundedUp, type Shape, sizeOf } from "@maso/core";

/** A matrix by its nonzero entries: row k has the columns indices[rowStart[k] ... rowStart[k + 1] − 1], ascending. */
export interface SparseRows {
  readonly rowStart: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** Rows and columns stand for so many values each, which do not mix: the matrix times an identity. 1 where absent. */
  readonly channels?: number;
}

/** One input, mapped by a sparse matrix: pooling by averages, sums, interpolation. */
export function sparse(input: Shape, output: Shape, matrix: SparseRows, bias: Float64Array = Float64Array.of(0)): AffineBody {
  checkShape("sparse", output);
  const { rowStart, indices, values, channels = 1 } = matrix;
  const size = sizeOf(input) / channels;
  const count = sizeOf(output) / channels;
  if (
    rowStart.length !== count + 1 ||
    rowStart[count] !== indices.length ||
    values.length !== indices.length ||
    !indices.every((j) => j >= 0 && j < size)
  )
    throw new MasoError("shape", `sparse: the matrix needs ${count} rows of columns from 0 to ${size - 1}`);
  const times = (v: Rows, entries: Float64Array): Rows => {
    const rows = v.length / size / channels;
    const result = new Float64Array(rows * count * channels);
    for (let row = 0, at = 0; row < rows; row++)
      for (let k = 0; k < count; k++, at += channels)
        for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++) addTimes(result, at, v, (row * size + indices[e]!) * channels, entries[e]!);
    return result;
  };
  /** to[at + c] += value · from[start + c] */
  const addTimes = (to: Rows, at: number, from: Rows, start: number, value: number): void => {
    for (let c = 0; c < channels; c++) to[at + c]! += value * from[start + c]!;
  };
  return {
    type: "affine",
    inputs: [input],
    output,
    bias,
    form: { type: "sparse", rowStart, indices, values, channels },
    linear: ([v]) => times(v!, values),
    magnitude: ([r]) => times(r!, values.map(Math.abs)),
    adjoint: (u) => {
      const rows = u.length / count / channels;
      const result = new Float64Array(rows * size * channels);
      for (let row = 0, at = 0; row < rows; row++)
        for (let k = 0; k < count; k++, at += channels)
          for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++) addTimes(result, (row * size + indices[e]!) * channels, u, at, values[e]!);
      return [result];
    },
    row: (k) => {
      const [from, to] = [rowStart[Math.floor(k / channels)]!, rowStart[Math.floor(k / channels) + 1]!];
      return { indices: indices.slice(from, to).map((j) => j * channels + (k % channels)), values: values.slice(from, to) };
    },
    column: (j) => {
      const rows: number[] = [];
      const entries: number[] = [];
      for (let k = 0; k < count; k++)
        for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++)
          if (indices[e] === Math.floor(j / channels)) {
            rows.push(k * channels + (j % channels));
            entries.push(values[e]!);
          }
      return { indices: Int32Array.from(rows), values: Float64Array.from(entries) };
    },
    gain: (norm) => {
      const rowSums = new Float64Array(count);
      const columnSums = new Float64Array(size);
      for (let k = 0; k < count; k++)
        for (let e = rowStart[k]!; e < rowStart[k + 1]!; e++) {
          rowSums[k]! += Math.abs(values[e]!);
          columnSums[indices[e]!]! += Math.abs(values[e]!);
        }
      const [rowSum, columnSum] = [rowSums, columnSums].map((sums) => sums.reduce((a, b) => Math.max(a, b), 0)) as [number, number];
      return roundedUp(norm === "inf" ? rowSum : norm === 1 ? columnSum : Math.sqrt(rowSum * columnSum), size + count);
    },
  };
}

/** Collects the rows of a sparse matrix in order. */
export function sparseRows(
  count: number,
  entriesOf: (k: number) => readonly (readonly [column: number, value: number])[],
  channels = 1,
): SparseRows {
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
  return { rowStart, indices: Int32Array.from(indices), values: Float64Array.from(values), channels };
}
