import { inputSize, outputShape, sizeOf } from "@maso/core";
import { CODES_AT_ONCE, codesOfFaces } from "./codes-of-faces";
import type { ComplexCollector } from "./collect-complex";
import { reals, wholes } from "./numbers-list";
import type { PartitionRun } from "./partition-run";
import { slopesAlong } from "./slopes-along";
import { largestOnSlice } from "./slopes-of-faces";

/** Of a map's size: rougher maps are computed again from their faces' codes, those of most faces and that of the steepest. */
const ROUGH = 2 ** -30;
const ROUGH_STEEPEST = 2 ** -36;
/** Of a map rougher than this not even the size is known well enough. */
const SHAPELESS = 2 ** -10;

/**
 * Mends the maps of thin faces, across which the values at corners hardly differ, and that of the steepest face, if it is rather thin.
 * Gives the largest squared spectral norm of the maps.
 */
export function* mendThinMaps(run: PartitionRun, complex: ComplexCollector): Generator<null, number> {
  const ways = new Ways();
  addThin(complex, ways);
  for (let from = 0; from < ways.faces.length; from += CODES_AT_ONCE) {
    yield null;
    mend(run, complex, ways, from, Math.min(ways.faces.length, from + CODES_AT_ONCE));
  }
  const outputs = sizeOf(outputShape(run.stages.network));
  for (;;) {
    const { face, square } = largestOnSlice(complex.maps.values, outputs);
    if (face < 0 || complex.roughness.at(face) <= ROUGH_STEEPEST) return square;
    yield null;
    ways.clear();
    ways.addThrough(complex, face, 0);
    mend(run, complex, ways, 0, ways.faces.length);
  }
}

function addThin(complex: ComplexCollector, ways: Ways): void {
  const { faces } = complex;
  const roughness = complex.roughness.data;
  for (let face = nextRough(0, faces, roughness); face < faces; face = nextRough(face + 1, faces, roughness))
    ways.addThrough(complex, face, ROUGH);
}

/** The next face whose map is rough, from one on. */
function nextRough(from: number, faces: number, roughness: Float64Array): number {
  let face = from;
  while (face < faces && !(roughness[face]! > ROUGH)) face++;
  return face;
}

/** A way's numbers: its direction (s, t), of length 1, its face's first corner (s0, t0), and how rough the map still is once it is mended. */
const WAY = 5;

/** Directions through faces. */
class Ways {
  readonly faces = wholes();
  /** Whether nothing of the face's map is to be kept but its value at the first corner. */
  readonly isFresh = wholes();
  readonly numbers = reals();

  clear(): void {
    this.faces.length = 0;
    this.isFresh.length = 0;
    this.numbers.length = 0;
  }

  /** Across a face, and also along it, from its first corner to the one farthest from that, where the map is rougher than `most` that way too. */
  addThrough({ vertices, faceStart, faceVertices, areas, roughness }: ComplexCollector, face: number, most: number): void {
    const from = faceStart.at(face);
    const to = faceStart.at(face + 1);
    const first = faceVertices.at(from);
    const far = farthest(from, to, faceVertices.data, vertices.data);
    const s0 = vertices.at(2 * first);
    const t0 = vertices.at(2 * first + 1);
    const ds = vertices.at(2 * far) - s0;
    const dt = vertices.at(2 * far + 1) - t0;
    const square = ds * ds + dt * dt;
    const length = square === 0 ? 1 : Math.sqrt(square);
    const s = square === 0 ? 1 : ds / length;
    const t = dt / length;
    // Height · length is no more than twice the area.
    const along = (roughness.at(face) * 2 * areas.at(face)) / square;
    const isFresh = !(along <= most && roughness.at(face) <= SHAPELESS);
    this.add(face, isFresh, -t, s, s0, t0, along);
    if (isFresh) this.add(face, false, s, t, s0, t0, 0);
  }

  private add(face: number, isFresh: boolean, s: number, t: number, s0: number, t0: number, roughness: number): void {
    this.faces.push(face);
    this.isFresh.push(isFresh ? 1 : 0);
    const at = this.numbers.extend(WAY);
    const { data } = this.numbers;
    data[at] = s;
    data[at + 1] = t;
    data[at + 2] = s0;
    data[at + 3] = t0;
    data[at + 4] = roughness;
  }
}

/** Of the corners of a face the one farthest from the first. */
function farthest(from: number, to: number, corners: Int32Array, vertices: Float64Array): number {
  const first = corners[from]!;
  let found = first;
  let most = 0;
  for (let corner = from + 1; corner < to; corner++) {
    const v = corners[corner]!;
    const ds = vertices[2 * v]! - vertices[2 * first]!;
    const dt = vertices[2 * v + 1]! - vertices[2 * first + 1]!;
    const square = ds * ds + dt * dt;
    if (square > most) {
      found = v;
      most = square;
    }
  }
  return found;
}

/** Computes from the faces' codes how the outputs change some ways. What they are at the first corner stays. */
function mend(run: PartitionRun, complex: ComplexCollector, ways: Ways, from: number, to: number): void {
  const { stages, slice } = run;
  const count = to - from;
  const directions = new Float64Array(count * inputSize(stages.network));
  writeDirections(from, to, ways.numbers.data, slice.axes[0], slice.axes[1], directions);
  const faces = ways.faces.data.subarray(from, to);
  const slopes = slopesAlong(run, codesOfFaces(run, complex, faces), directions);
  const outputs = slopes.length / count;
  for (let i = from; i < to; i++) {
    const face = ways.faces.at(i);
    mendMap(
      outputs,
      ways.numbers.data,
      WAY * i,
      ways.isFresh.at(i) === 1,
      slopes,
      (i - from) * outputs,
      complex.maps.data,
      3 * face * outputs,
    );
    complex.roughness.set(face, ways.numbers.at(WAY * i + 4));
  }
}

/** Writes the directions of some ways in the input. */
function writeDirections(from: number, to: number, ways: Float64Array, u: Float64Array, v: Float64Array, directions: Float64Array): void {
  const size = u.length;
  for (let way = from, at = 0; way < to; way++) {
    const s = ways[WAY * way]!;
    const t = ways[WAY * way + 1]!;
    for (let i = 0; i < size; i++, at++) directions[at] = s * u[i]! + t * v[i]!;
  }
}

/** Gives a map the slopes of a way. */
function mendMap(
  outputs: number,
  ways: Float64Array,
  way: number,
  isFresh: boolean,
  slopes: Float64Array,
  slopesAt: number,
  maps: Float64Array,
  mapAt: number,
): void {
  const s = ways[way]!;
  const t = ways[way + 1]!;
  const s0 = ways[way + 2]!;
  const t0 = ways[way + 3]!;
  for (let k = 0, at = mapAt; k < outputs; k++, at += 3) {
    const value = maps[at]! * s0 + maps[at + 1]! * t0 + maps[at + 2]!;
    const a = isFresh ? 0 : maps[at]!;
    const b = isFresh ? 0 : maps[at + 1]!;
    const more = slopes[slopesAt + k]! - (a * s + b * t);
    maps[at] = a + more * s;
    maps[at + 1] = b + more * t;
    maps[at + 2] = value - maps[at]! * s0 - maps[at + 1]! * t0;
  }
}
