import { type AffineBody, checkShape, MasoError, type Rows, type Shape, type SparseVector, sizeOf, totalSize, upper } from "@maso/core";

/** Output k is the value index[k] of all inputs laid end to end, or 0 where index[k] is −1: slices, pads, repeats, permutations. */
export function gather(inputs: readonly Shape[], output: Shape, index: Int32Array): AffineBody {
  const sizes = inputs.map(sizeOf);
  const total = totalSize(inputs);
  const count = sizeOf(output);
  checkShape("gather", output);
  if (index.length !== count || !index.every((j) => j >= -1 && j < total))
    throw new MasoError("shape", `gather: needs ${count} indices from -1 to ${total - 1}`);
  const places = placesOf(index, sizes);
  const readers = readersOf(index, total);
  const most = readers.most;
  const linear = (v: readonly Rows[]): Rows => {
    const rows = v[0]!.length / sizes[0]!;
    const result = new Float64Array(rows * count);
    for (let row = 0; row < rows; row++)
      for (let k = 0; k < count; k++) {
        const input = places.input[k]!;
        if (input >= 0) result[row * count + k] = v[input]![row * sizes[input]! + places.offset[k]!]!;
      }
    return result;
  };
  return {
    type: "affine",
    inputs,
    output,
    bias: Float64Array.of(0),
    linear,
    magnitude: linear,
    adjoint: (u) => {
      const rows = u.length / count;
      const parts = sizes.map((size) => new Float64Array(rows * size));
      for (let row = 0; row < rows; row++)
        for (let k = 0; k < count; k++) {
          const input = places.input[k]!;
          if (input >= 0) parts[input]![row * sizes[input]! + places.offset[k]!]! += u[row * count + k]!;
        }
      return parts;
    },
    row: (k) => (index[k]! < 0 ? ones([]) : ones([index[k]!])),
    column: (j) => ones(readers.of(j)),
    gain: (norm) => upper(most === 0 ? 0 : norm === "inf" ? 1 : norm === 1 ? most : roundedRoot(most)),
  };
}

/** The same values in another shape: costs nothing. */
export function sameValues(input: Shape, output: Shape): AffineBody {
  checkShape("reshape", output);
  if (sizeOf(input) !== sizeOf(output)) throw new MasoError("shape", `${sizeOf(input)} values do not fit into ${sizeOf(output)}`);
  return {
    type: "affine",
    inputs: [input],
    output,
    bias: Float64Array.of(0),
    linear: ([v]) => v!,
    magnitude: ([r]) => r!,
    adjoint: (u) => [u],
    row: (k) => ones([k]),
    column: (j) => ones([j]),
    gain: () => upper(1),
  };
}

function ones(indices: readonly number[]): SparseVector {
  return { indices: Int32Array.from(indices), values: new Float64Array(indices.length).fill(1) };
}

function roundedRoot(value: number): number {
  const root = Math.sqrt(value);
  return Number.isInteger(root) ? root : root * (1 + 2 ** -52);
}

/** Which input each output reads, and where in it. */
function placesOf(index: Int32Array, sizes: readonly number[]): { readonly input: Int32Array; readonly offset: Int32Array } {
  const input = new Int32Array(index.length).fill(-1);
  const offset = new Int32Array(index.length);
  index.forEach((j, k) => {
    if (j < 0) return;
    let at = j;
    let i = 0;
    while (at >= sizes[i]!) at -= sizes[i++]!;
    input[k] = i;
    offset[k] = at;
  });
  return { input, offset };
}

/** The outputs that read each value, ascending, and the largest number of them. */
function readersOf(index: Int32Array, total: number): { readonly most: number; readonly of: (j: number) => number[] } {
  const counts = new Int32Array(total);
  for (const j of index) if (j >= 0) counts[j]!++;
  return {
    most: counts.reduce((a, b) => Math.max(a, b), 0),
    of: (j) => {
      const found: number[] = [];
      for (let k = index.indexOf(j); k >= 0; k = index.indexOf(j, k + 1)) found.push(k);
      return found;
    },
  };
}
