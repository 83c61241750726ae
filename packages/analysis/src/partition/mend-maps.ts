import { inputSize, outputShape, sizeOf } from "@maso/core";
import { CODES_AT_ONCE, codesOfFaces } from "./codes-of-faces";
import type { ComplexCollector } from "./collect-complex";
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
  const ways: Way[] = [];
  for (let face = 0; face < complex.faces; face++) if (complex.roughness.at(face) > ROUGH) ways.push(...waysThrough(complex, face, ROUGH));
  for (let from = 0; from < ways.length; from += CODES_AT_ONCE) {
    yield null;
    mend(run, complex, ways.slice(from, from + CODES_AT_ONCE));
  }
  const outputs = sizeOf(outputShape(run.stages.network));
  for (;;) {
    const { face, square } = largestOnSlice(complex.maps.values, outputs);
    if (face < 0 || complex.roughness.at(face) <= ROUGH_STEEPEST) return square;
    yield null;
    mend(run, complex, waysThrough(complex, face, 0));
  }
}

/** A direction of length 1 through a face. */
interface Way {
  readonly face: number;
  readonly s: number;
  readonly t: number;
  /** The face's first corner. */
  readonly s0: number;
  readonly t0: number;
  /** Whether nothing of the face's map is to be kept but its value there. */
  readonly isFresh: boolean;
  /** How rough the face's map still is once it is mended that way. */
  readonly roughness: number;
}

/** Across a face, and also along it, from its first corner to the one farthest from that, where the map is rougher than `most` that way too. */
function waysThrough({ vertices, faceStart, faceVertices, areas, roughness }: ComplexCollector, face: number, most: number): Way[] {
  const from = faceStart.at(face);
  const first = faceVertices.at(from);
  const [s0, t0] = [vertices.at(2 * first), vertices.at(2 * first + 1)];
  let [s, t, square] = [1, 0, 0];
  for (let corner = from + 1; corner < faceStart.at(face + 1); corner++) {
    const v = faceVertices.at(corner);
    const [ds, dt] = [vertices.at(2 * v) - s0, vertices.at(2 * v + 1) - t0];
    if (ds * ds + dt * dt > square) [s, t, square] = [ds, dt, ds * ds + dt * dt];
  }
  const length = square === 0 ? 1 : Math.sqrt(square);
  [s, t] = [s / length, t / length];
  // Height · length is no more than twice the area.
  const along = (roughness.at(face) * 2 * areas.at(face)) / square;
  const isFresh = !(along <= most && roughness.at(face) <= SHAPELESS);
  const across = { face, s: -t, t: s, s0, t0, isFresh, roughness: along };
  return isFresh ? [across, { face, s, t, s0, t0, isFresh: false, roughness: 0 }] : [across];
}

/** Computes from the faces' codes how the outputs change these ways. What they are at the first corner stays. */
function mend(run: PartitionRun, complex: ComplexCollector, ways: readonly Way[]): void {
  const { stages, slice } = run;
  const [u, v] = slice.axes;
  const { maps, roughness } = complex;
  const size = inputSize(stages.network);
  const directions = new Float64Array(ways.length * size);
  ways.forEach(({ s, t }, row) => {
    for (let i = 0; i < size; i++) directions[row * size + i] = s * u[i]! + t * v[i]!;
  });
  const faces = ways.map(({ face }) => face);
  const slopes = slopesAlong(run, codesOfFaces(stages, complex, faces), directions);
  const outputs = slopes.length / ways.length;
  ways.forEach(({ face, s, t, s0, t0, isFresh, roughness: left }, row) => {
    for (let k = 0; k < outputs; k++) {
      const at = 3 * (face * outputs + k);
      let [a, b] = [maps.at(at), maps.at(at + 1)];
      const value = a * s0 + b * t0 + maps.at(at + 2);
      if (isFresh) a = b = 0;
      const more = slopes[row * outputs + k]! - (a * s + b * t);
      a += more * s;
      b += more * t;
      maps.set(at, a);
      maps.set(at + 1, b);
      maps.set(at + 2, value - a * s0 - b * t0);
    }
    roughness.set(face, left);
  });
}
