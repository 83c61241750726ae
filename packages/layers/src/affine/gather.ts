import { type AffineBody, checkShape, MasoError, type Rows, type Shape, type SparseVector, sizeOf, totalSize, upper } from "@maso/core";

/** Output k is the value index[k] of all inputs laid end to end, or 0 where index[k] is −1: slices, pads, repeats, permutations. */
export function gather(inputs: readonly Shape[], output: Shape, index: Int32Array): AffineBody {
  const sizes = inputs.map(sizeOf);
  const total = totalSize(inputs);
  const count = sizeOf(output);
  checkShape("gather", output);
  if (index.length !== count || !index.every((j) => j >= -1 && j < total))
    throw new MasoError("shape", `gather: needs ${count} indices from -1 to ${total - 1}`);
  const runs = runsOf(index, sizes);
  const most = mostReaders(index, total);
  const linear = (v: readonly Rows[]): Rows => {
    const rows = v[0]!.length / sizes[0]!;
    const result = new Float64Array(rows * count);
    for (let row = 0; row < rows; row++)
      for (let r = 0; r < runs.length; r += 4) {
        const from = v[runs[r + 1]!]!;
        const start = row * sizes[runs[r + 1]!]! + runs[r + 2]!;
        const at = row * count + runs[r]!;
        for (let i = 0, length = runs[r + 3]!; i < length; i++) result[at + i] = from[start + i]!;
      }
    return result;
  };
  return {
    type: "affine",
    inputs,
    output,
    bias: Float64Array.of(0),
    form: { type: "gather", index },
    linear,
    magnitude: linear,
    adjoint: (u) => {
      const rows = u.length / count;
      const parts = sizes.map((size) => new Float64Array(rows * size));
      for (let row = 0; row < rows; row++)
        for (let r = 0; r < runs.length; r += 4) {
          const to = parts[runs[r + 1]!]!;
          const start = row * sizes[runs[r + 1]!]! + runs[r + 2]!;
          const at = row * count + runs[r]!;
          for (let i = 0, length = runs[r + 3]!; i < length; i++) to[start + i]! += u[at + i]!;
        }
      return parts;
    },
    row: (k) => (index[k]! < 0 ? ones([]) : ones([index[k]!])),
    column: (j) => ones(readersOf(index, j)),
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
    form: { type: "same" },
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

/** Neighbouring outputs that read neighbouring values of one input, four numbers each: the first output, the input, the place in it, how many. */
function runsOf(index: Int32Array, sizes: readonly number[]): Int32Array {
  const runs: number[] = [];
  for (let k = 0; k < index.length; ) {
    let offset = index[k]!;
    const first = k++;
    if (offset < 0) continue;
    let input = 0;
    while (offset >= sizes[input]!) offset -= sizes[input++]!;
    const longest = Math.min(first + sizes[input]! - offset, index.length);
    while (k < longest && index[k] === index[k - 1]! + 1) k++;
    runs.push(first, input, offset, k - first);
  }
  return Int32Array.from(runs);
}

/** The outputs that read value j, ascending. */
function readersOf(index: Int32Array, j: number): number[] {
  const found: number[] = [];
  for (let k = index.indexOf(j); k >= 0; k = index.indexOf(j, k + 1)) found.push(k);
  return found;
}

/** The largest number of outputs that read one value. */
function mostReaders(index: Int32Array, total: number): number {
  const counts = new Int32Array(total);
  let most = 0;
  for (const j of index) if (j >= 0) most = Math.max(most, ++counts[j]!);
  return most;
}
