import { type ComputeOptions, inputSize, mapOfCode, type Network, outputShape, sizeOf, unitsOf } from "@maso/core";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { type ComplexCollector, levelOf } from "./collect-complex";
import { choicesAt } from "./level";
import type { Slice } from "./slice";
import type { Stages } from "./stages";

const BATCH = 64;
/** Of a map's size, as bounds: beyond these what three corners of a face give is computed again from the face's code, of most faces and of the steepest. */
const ROUGH = 2 ** -30;
const ROUGH_STEEPEST = 2 ** -36;

/** The codes of some faces, as mapOfCode takes them. */
function codesOf(stages: Stages, complex: ComplexCollector, faces: readonly number[]): (Uint32Array | undefined)[] {
  const choices: (Uint32Array | undefined)[] = [];
  for (const { node, quantizer } of stages.list) if (quantizer) choices[node] = new Uint32Array(faces.length * unitsOf(quantizer).count);
  faces.forEach((face, row) => {
    const { level, levelFace, first } = levelOf(complex.levels, face);
    choicesAt(stages, level, levelFace[face - first]!).forEach((choice, node) => {
      if (choice) choices[node]!.set(choice, row * choice.length);
    });
  });
  return choices;
}

/** Computes the maps of thin faces again, on whose corners the values hardly differ; and that of the steepest face, if it is rather thin. */
export function* mendThinMaps(stages: Stages, complex: ComplexCollector, slice: Slice, options: ComputeOptions): Generator<null> {
  const outputs = sizeOf(outputShape(stages.network));
  const { roughness } = complex;
  const thin: number[] = [];
  for (let face = 0; face < complex.faces; face++) if (roughness.at(face) > ROUGH) thin.push(face);
  for (let from = 0; from < thin.length; from += BATCH) {
    yield null;
    mend(stages, complex, thin.slice(from, from + BATCH), slice, options);
  }
  const maps = complex.maps.values;
  for (let steepest = steepestFace(maps, outputs); steepest >= 0; steepest = steepestFace(maps, outputs)) {
    if (roughness.at(steepest) <= ROUGH_STEEPEST) return;
    yield null;
    mend(stages, complex, [steepest], slice, options);
  }
}

/** Computes the maps of some faces from their codes. */
function mend(stages: Stages, complex: ComplexCollector, faces: readonly number[], slice: Slice, options: ComputeOptions): void {
  const outputs = sizeOf(outputShape(stages.network));
  const map = mapOfCode(stages.network, faces.length, codesOf(stages, complex, faces), options);
  const size = inputSize(stages.network);
  const directions = new Float64Array(faces.length * 3 * size);
  for (let row = 0; row < faces.length; row++)
    [slice.axes[0], slice.axes[1], slice.origin].forEach((part, i) => directions.set(part, (3 * row + i) * size));
  const values = map.linear(directions);
  const bias = map.bias();
  faces.forEach((face, row) => {
    complex.roughness.set(face, 0);
    for (let k = 0; k < outputs; k++)
      for (let i = 0; i < 3; i++)
        complex.maps.set((face * outputs + k) * 3 + i, values[(3 * row + i) * outputs + k]! + (i === 2 ? bias[row * outputs + k]! : 0));
  });
}

/** The face of the largest squared Frobenius norm of A·axes. */
function steepestFace(maps: Float64Array, outputs: number): number {
  let [steepest, most] = [-1, -1];
  for (let at = 0; at < maps.length; at += 3 * outputs) {
    let square = 0;
    for (let k = at; k < at + 3 * outputs; k += 3) square += maps[k]! * maps[k]! + maps[k + 1]! * maps[k + 1]!;
    if (square > most) [steepest, most] = [at / (3 * outputs), square];
  }
  return steepest;
}

/** The largest spectral norm over the faces of A·axes, or of A·axes·T for a 2 × 2 matrix T, row by row. */
export function largestOnSlice(maps: Float64Array, outputs: number, t: Inverse = [1, 0, 0, 1]): number {
  const [t00, t01, t10, t11] = t;
  let most = 0;
  for (let at = 0; at < maps.length; at += 3 * outputs) {
    let aa = 0;
    let ab = 0;
    let bb = 0;
    for (let k = at; k < at + 3 * outputs; k += 3) {
      const a = maps[k]! * t00 + maps[k + 1]! * t10;
      const b = maps[k]! * t01 + maps[k + 1]! * t11;
      aa += a * a;
      ab += a * b;
      bb += b * b;
    }
    // Most faces are ruled out by the trace.
    if (aa + bb > most) most = Math.max(most, (aa + bb + Math.hypot(aa - bb, 2 * ab)) / 2);
  }
  return Math.sqrt(most);
}

/** Of more outputs than this the norm of the whole map is not computed. */
export const MOST_OUTPUTS = 64;

/** The largest squared spectral norm of A over the faces, in the input's own coordinates, from the faces' codes. */
export function* largestOnInput(stages: Stages, complex: ComplexCollector, options: ComputeOptions): Generator<null, number> {
  const { network } = stages;
  const outputs = sizeOf(outputShape(network));
  let most = 0;
  for (let from = 0; from < complex.faces; from += BATCH) {
    yield null;
    const faces = Array.from({ length: Math.min(BATCH, complex.faces - from) }, (_, i) => from + i);
    const map = mapOfCode(network, faces.length, codesOf(stages, complex, faces), options);
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

export type Inverse = readonly [number, number, number, number];
