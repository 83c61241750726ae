import { type ComputeOptions, inputSize, mapOfCode, type Network, outputShape, sizeOf } from "@maso/core";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { CODES_AT_ONCE, codesOfFaces } from "./codes-of-faces";
import type { ComplexCollector } from "./collect-complex";
import type { Slice } from "./slice";
import type { Stages } from "./stages";

/** The face where A·axes, or A·axes·T for a 2 × 2 matrix T, row by row, has the largest spectral norm (−1: none, or all are 0), and its square. */
export function largestOnSlice(
  maps: Float64Array,
  outputs: number,
  t: Inverse = [1, 0, 0, 1],
): { readonly face: number; readonly square: number } {
  const [t00, t01, t10, t11] = t;
  const width = 3 * outputs;
  let face = -1;
  let most = 0;
  for (let at = 0; at < maps.length; at += width) {
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
    // Most faces are ruled out by the trace.
    if (aa + bb <= most) continue;
    const square = (aa + bb + Math.hypot(aa - bb, 2 * ab)) / 2;
    if (square <= most) continue;
    most = square;
    face = at / width;
  }
  return { face, square: most };
}

/** Of more outputs than this the norm of the whole map is not computed. */
export const MOST_OUTPUTS = 64;

/** The largest squared spectral norm of A over the faces, in the input's own coordinates: from the maps, or else from the faces' codes. */
export function* largestOnInput(stages: Stages, complex: ComplexCollector, slice: Slice, options: ComputeOptions): Generator<null, number> {
  const { network } = stages;
  const outputs = sizeOf(outputShape(network));
  const inverse = inverseOfAxes(slice);
  if (inverse) return largestOnSlice(complex.maps.values, outputs, inverse).square;
  let most = 0;
  for (let from = 0; from < complex.faces; from += CODES_AT_ONCE) {
    yield null;
    const faces = Array.from({ length: Math.min(CODES_AT_ONCE, complex.faces - from) }, (_, i) => from + i);
    const map = mapOfCode(network, faces.length, codesOfFaces(stages, complex, faces), options);
    const unit = new Float64Array(faces.length * outputs * outputs);
    for (let row = 0; row < faces.length * outputs; row++) unit[row * outputs + (row % outputs)] = 1;
    most = Math.max(most, largestSquare(map.adjoint(unit), network, faces.length, outputs, most));
  }
  return most;
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
