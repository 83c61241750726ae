import { type AffineOperator, type Rows, type Shape, type SparseVector, sizeOf } from "@maso/core";

/** Output k is the value index[k] of all inputs laid end to end, each of which is read by at most one output. */
export function gathered(inputs: readonly Shape[], output: Shape, index: Int32Array): AffineOperator {
  const sizes = inputs.map(sizeOf);
  const partOf = sizes.flatMap((size, i) => new Array<number>(size).fill(i));
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((total, size) => total + size, 0));
  const parts = Int32Array.from(index, (i) => partOf[i]!);
  const places = Int32Array.from(index, (i, k) => i - starts[parts[k]!]!);
  const reader = new Int32Array(partOf.length).fill(-1);
  index.forEach((i, k) => {
    reader[i] = k;
  });
  const count = index.length;
  const linear = (v: readonly Rows[]): Rows => {
    const rows = v[0]!.length / sizes[0]!;
    const result = new Float64Array(rows * count);
    for (let row = 0, at = 0; row < rows; row++)
      for (let k = 0; k < count; k++) {
        const part = parts[k]!;
        result[at++] = v[part]![row * sizes[part]! + places[k]!]!;
      }
    return result;
  };
  const adjoint = (u: Rows): readonly Rows[] => {
    const rows = u.length / count;
    const results = sizes.map((size) => new Float64Array(rows * size));
    for (let row = 0, at = 0; row < rows; row++)
      for (let k = 0; k < count; k++) {
        const part = parts[k]!;
        results[part]![row * sizes[part]! + places[k]!] = u[at++]!;
      }
    return results;
  };
  return {
    type: "affine",
    kind: "gather",
    params: null,
    inputs,
    output,
    bias: Float64Array.of(0),
    form: { type: "gather", index },
    linear,
    magnitude: linear,
    adjoint,
    row: (k) => one(index[k]!),
    column: (j) => one(reader[j]!),
  };
}

const one = (index: number): SparseVector =>
  index < 0 ? { indices: new Int32Array(0), values: new Float64Array(0) } : { indices: Int32Array.of(index), values: Float64Array.of(1) };
