import { random } from "@maso/core";
import { levelOf } from "./collect-complex";
import { choicesAt } from "./level";
import type { MergedComplex } from "./merge-parts";
import type { PartitionRun } from "./partition-run";

/** Maps closer than this, relative to the largest coefficient, are compared exactly. */
const NEAR = 2 ** -24;
const ROUNDS = 4;
/** Faces that are looked at between pauses. */
const FACES_AT_ONCE = 2 ** 15;
/** On either side of 0: what is combined is no more than this many times as large as near maps' combinations may be apart. */
const MOST_BUCKETS = 1 / (2 * NEAR) + 2;

/** How many maps on the slice differ as exact affine functions: floats tell most apart, near ones are compared exactly. */
export function* distinctMaps({ stages, exact, rows }: PartitionRun, complex: MergedComplex, outputs: number): Generator<null, number> {
  const maps = complex.maps.values;
  const width = 3 * outputs;
  const count = complex.faces;
  const sums = rows.take(count);
  const { faces, near, wide } = yield* crowded(maps, width, sums);
  const exactKeys = new Map<number, string>();
  function* keyOf(face: number): Generator<null, string> {
    const known = exactKeys.get(face);
    if (known !== undefined) return known;
    const { level, levelFace, first } = levelOf(complex.levels, face);
    const forms = yield* exact.outputForms(choicesAt(stages, level, levelFace[face - first]!));
    const key = forms.map(({ a, b, c }) => `${a},${b},${c}`).join(";");
    exactKeys.set(face, key);
    return key;
  }
  const isNear = (face: number, other: number): boolean => {
    for (let k = 0; k < width; k++) if (Math.abs(maps[face * width + k]! - maps[other * width + k]!) > near) return false;
    return true;
  };
  let equal = 0;
  const known: number[] = [];
  let end = -Infinity;
  for (const face of faces) {
    const sum = sums[face]!;
    // Representatives whose combination is near; what is left behind by more is done.
    if (sum > end) known.length = 0;
    end = sum + wide;
    yield null;
    let isKnown = false;
    for (let i = known.length - 1; i >= 0 && !isKnown; i--)
      isKnown = isNear(face, known[i]!) && (yield* keyOf(face)) === (yield* keyOf(known[i]!));
    if (isKnown) equal++;
    else known.push(face);
  }
  rows.give(sums);
  return count - equal;
}

interface Crowded {
  readonly faces: Int32Array;
  /** How far coefficients of near maps are apart at most, and how far their combinations are. */
  readonly near: number;
  readonly wide: number;
}

/**
 * Faces whose maps may be near others', in the order of their combinations, which are written into `sums` by face. What is not alone in one
 * combination may be so in the next.
 */
function* crowded(maps: Float64Array, width: number, sums: Float64Array): Generator<null, Crowded> {
  const { uniform } = random(1);
  let faces = firstNumbers(sums.length);
  const weights = new Float64Array(width);
  const seen = new Uint8Array(MOST_BUCKETS / 2);
  let near = 0;
  let wide = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (let k = 0; k < width; k++) weights[k] = uniform();
    const largest = yield* combine(maps, faces, weights, sums);
    if (round === 0) near = NEAR * largest;
    wide = 2 * near * weights.reduce((total, weight) => total + weight, 0);
    faces = yield* inCrowdedBuckets(faces, sums, wide, seen);
  }
  yield null;
  faces.sort((a, b) => sums[a]! - sums[b]! || a - b);
  return { faces, near, wide };
}

function firstNumbers(count: number): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}

/** Writes the combinations of some faces' coefficients; gives the largest |coefficient|. */
function* combine(maps: Float64Array, faces: Int32Array, weights: Float64Array, sums: Float64Array): Generator<null, number> {
  let largest = Number.MIN_VALUE;
  for (let from = 0; from < faces.length; from += FACES_AT_ONCE) {
    yield null;
    largest = writeSums(from, Math.min(faces.length, from + FACES_AT_ONCE), faces, maps, weights.length, weights, sums, largest);
  }
  return largest;
}

/** The same for a run of the faces; gives the largest |coefficient|, if it is larger. */
function writeSums(
  from: number,
  to: number,
  faces: Int32Array,
  maps: Float64Array,
  width: number,
  weights: Float64Array,
  sums: Float64Array,
  before: number,
): number {
  let largest = before;
  for (let i = from; i < to; i++) {
    const face = faces[i]!;
    let sum = 0;
    for (let k = 0, at = face * width; k < width; k++, at++) {
      const value = maps[at]!;
      sum += weights[k]! * value;
      if (Math.abs(value) > largest) largest = Math.abs(value);
    }
    sums[face] = sum;
  }
  return largest;
}

/** The faces whose sums have another one in their bucket or beside it, in the memory of `faces`; buckets are as wide as sums may be apart. */
function* inCrowdedBuckets(
  faces: Int32Array<ArrayBuffer>,
  sums: Float64Array,
  wide: number,
  seen: Uint8Array,
): Generator<null, Int32Array<ArrayBuffer>> {
  seen.fill(0);
  for (let from = 0; from < faces.length; from += FACES_AT_ONCE) {
    yield null;
    fillBuckets(from, Math.min(faces.length, from + FACES_AT_ONCE), faces, sums, wide, seen);
  }
  let count = 0;
  for (let from = 0; from < faces.length; from += FACES_AT_ONCE) {
    yield null;
    count = moveCrowded(from, Math.min(faces.length, from + FACES_AT_ONCE), faces, sums, wide, seen, count);
  }
  return faces.subarray(0, count);
}

/** Of a sum; of no width all are in one bucket. */
function bucketOf(sum: number, wide: number): number {
  const place = wide === 0 ? 0 : Math.floor(sum / wide);
  return MOST_BUCKETS + Math.max(2 - MOST_BUCKETS, Math.min(MOST_BUCKETS - 2, place));
}

/** Writes two bits for each bucket of a run of faces into `seen`: no sum is there, one, or more. */
function fillBuckets(from: number, to: number, faces: Int32Array, sums: Float64Array, wide: number, seen: Uint8Array): void {
  for (let i = from; i < to; i++) {
    const bucket = bucketOf(sums[faces[i]!]!, wide);
    if (seenIn(seen, bucket) < 2) seen[bucket >> 2]! += 1 << (2 * (bucket & 3));
  }
}

/** Moves those of a run of faces that are not alone behind the ones found so far; gives how many there are then. */
function moveCrowded(
  from: number,
  to: number,
  faces: Int32Array,
  sums: Float64Array,
  wide: number,
  seen: Uint8Array,
  before: number,
): number {
  let count = before;
  for (let i = from; i < to; i++) {
    const face = faces[i]!;
    const bucket = bucketOf(sums[face]!, wide);
    if (seenIn(seen, bucket) > 1 || seenIn(seen, bucket - 1) > 0 || seenIn(seen, bucket + 1) > 0) faces[count++] = face;
  }
  return count;
}

function seenIn(seen: Uint8Array, bucket: number): number {
  return (seen[bucket >> 2]! >> (2 * (bucket & 3))) & 3;
}
