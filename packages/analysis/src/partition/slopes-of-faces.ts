import { type ComputeOptions, inputSize, mapOfCode, type Network, outputShape, sizeOf } from "@maso/core";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { CODES_AT_ONCE, codesOfFaces } from "./codes-of-faces";
import type { ComplexCollector } from "./collect-complex";
import type { PartitionRun } from "./partition-run";
import type { Slice } from "./slice";

/** The face where A·axes, or A·axes·T for a 2 × 2 matrix T, row by row, has the largest spectral norm (−1: none, or all are 0), and its square. */
export function largestOnSlice(
  maps: Float64Array,
  outputs: number,
  t: Inverse = [1, 0, 0, 1],
): { readonly face: number; readonly square: number } {
  const face = steepestFace(maps.length / (3 * outputs), maps, 3 * outputs, t[0], t[1], t[2], t[3]);
  return { face, square: face < 0 ? 0 : squareAt(maps, 3 * outputs * face, 3 * outputs, t[0], t[1], t[2], t[3]) };
}

function steepestFace(faces: number, maps: Float64Array, width: number, t00: number, t01: number, t10: number, t11: number): number {
  let found = -1;
  let most = 0;
  for (let face = 0; face < faces; face++) {
    // Most faces are ruled out by the trace.
    if (traceAt(maps, face * width, width, t00, t01, t10, t11) <= most) continue;
    const square = squareAt(maps, face * width, width, t00, t01, t10, t11);
    if (square <= most) continue;
    most = square;
    found = face;
  }
  return found;
}

/** The sum of both squared singular values of a face's map, no less than the larger one. */
function traceAt(maps: Float64Array, at: number, width: number, t00: number, t01: number, t10: number, t11: number): number {
  let aa = 0;
  let bb = 0;
  for (let k = at; k < at + width; k += 3) {
    const a = maps[k]! * t00 + maps[k + 1]! * t10;
    const b = maps[k]! * t01 + maps[k + 1]! * t11;
    aa += a * a;
    bb += b * b;
  }
  return aa + bb;
}

/** The larger squared singular value. */
function squareAt(maps: Float64Array, at: number, width: number, t00: number, t01: number, t10: number, t11: number): number {
  let aa = 0;
  let ab = 0;
  let bb = 0;
  for (let k = at; k < at + width; k += 3) {
    const a = maps[k]! * t00 + maps[k + 1]! * t10;
    const b = maps[k]! * t01 + maps[k + 1]! * t11;
    aa += a * a;
    ab += a * b;
    bb += b * b;
  }
  return (aa + bb + Math.hypot(aa - bb, 2 * ab)) / 2;
}

/** Of more outputs than this the norm of the whole map is not computed. */
export const MOST_OUTPUTS = 64;

/** The largest squared spectral norm of A over the faces, in the input's own coordinates: from the maps, or else from the faces' codes. */
export function* largestOnInput(run: PartitionRun, complex: ComplexCollector, options: ComputeOptions): Generator<null, number> {
  const { slice } = run;
  const { network } = run.stages;
  const outputs = sizeOf(outputShape(network));
  const inverse = inverseOfAxes(slice);
  if (inverse) return largestOnSlice(complex.maps.values, outputs, inverse).square;
  let most = 0;
  for (let from = 0; from < complex.faces; from += CODES_AT_ONCE) {
    yield null;
    const faces = numbersFrom(from, Math.min(CODES_AT_ONCE, complex.faces - from));
    const map = mapOfCode(network, faces.length, codesOfFaces(run, complex, faces), options);
    const unit = new Float64Array(faces.length * outputs * outputs);
    for (let row = 0; row < faces.length * outputs; row++) unit[row * outputs + (row % outputs)] = 1;
    most = Math.max(most, largestSquare(map.adjoint(unit), network, faces.length, outputs, most));
  }
  return most;
}

function numbersFrom(first: number, count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = first + i;
  return numbers;
}

/** Of several matrices [outputs, inputs], the largest squared spectral norm, if it is above `most`. */
function largestSquare(rows: Float64Array, network: Network, count: number, outputs: number, most: number): number {
  const size = inputSize(network);
  let largest = most;
  for (let f = 0; f < count; f++) {
    const gram = Array.from({ length: outputs }, () => new Array<number>(outputs).fill(0));
    let trace = 0;
    for (let i = 0; i < outputs; i++)
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0, a = (f * outputs + i) * size, b = (f * outputs + j) * size; k < size; k++) sum += rows[a + k]! * rows[b + k]!;
        gram[i]![j] = gram[j]![i] = sum;
        if (i === j) trace += sum;
      }
    if (trace <= largest) continue;
    const values = outputs === 1 ? [trace] : new EigenvalueDecomposition(new Matrix(gram), { assumeSymmetric: true }).realEigenvalues;
    largest = Math.max(largest, ...values);
  }
  return largest;
}

/** The inverse of the axes of a slice of two inputs as a 2 × 2 matrix; null where there are more inputs or the axes are parallel. */
export function inverseOfAxes({ axes: [u, v] }: Slice): Inverse | null {
  if (u.length !== 2) return null;
  const across = u[0]! * v[1]! - v[0]! * u[1]!;
  return across === 0 ? null : [v[1]! / across, -v[0]! / across, -u[1]! / across, u[0]! / across];
}

type Inverse = readonly [number, number, number, number];
