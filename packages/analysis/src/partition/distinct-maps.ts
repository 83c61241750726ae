import { random } from "@maso/core";
import type { ExactNetwork } from "../exact";
import { levelOf } from "./collect-complex";
import { choicesAt } from "./level";
import type { MergedComplex } from "./merge-parts";
import type { Stages } from "./stages";

/** Maps closer than this, relative to the largest coefficient, are compared exactly. */
const NEAR = 2 ** -24;
const ROUNDS = 2;
/** On either side of 0: what is combined is no more than this many times as large as near maps' combinations may be apart. */
const MOST_BUCKETS = 1 / (2 * NEAR) + 2;

/** How many maps on the slice differ as exact affine functions: floats tell most apart, near ones are compared exactly. */
export function* distinctMaps(stages: Stages, exact: ExactNetwork, complex: MergedComplex, outputs: number): Generator<null, number> {
  const maps = complex.maps.values;
  const width = 3 * outputs;
  const count = complex.faces;
  let scale = Number.MIN_VALUE;
  for (let i = 0; i < maps.length; i++) if (Math.abs(maps[i]!) > scale) scale = Math.abs(maps[i]!);
  const near = NEAR * scale;
  const exactKeys = new Map<number, string>();
  const keyOf = (face: number): string => {
    let key = exactKeys.get(face);
    if (key === undefined) {
      const { level, levelFace, first } = levelOf(complex.levels, face);
      key = exact
        .outputForms(choicesAt(stages, level, levelFace[face - first]!))
        .map(({ a, b, c }) => `${a},${b},${c}`)
        .join(";");
      exactKeys.set(face, key);
    }
    return key;
  };
  const isNear = (face: number, other: number): boolean => {
    for (let k = 0; k < width; k++) if (Math.abs(maps[face * width + k]! - maps[other * width + k]!) > near) return false;
    return true;
  };
  let equal = 0;
  const known: number[] = [];
  let end = -Infinity;
  for (const { face, sum, wide } of crowded(maps, width, count, near)) {
    // Representatives whose combination is near; what is left behind by more is done.
    if (sum > end) known.length = 0;
    end = sum + wide;
    yield null;
    let isKnown = false;
    for (let i = known.length - 1; i >= 0 && !isKnown; i--) isKnown = isNear(face, known[i]!) && keyOf(face) === keyOf(known[i]!);
    if (isKnown) equal++;
    else known.push(face);
  }
  return count - equal;
}

/**
 * Faces whose maps may be near others', in the order of a combination of the coefficients: near maps have combinations that are no more
 * than `wide` apart. What is not alone in one combination may be so in the next.
 */
function* crowded(
  maps: Float64Array,
  width: number,
  count: number,
  near: number,
): Generator<{ readonly face: number; readonly sum: number; readonly wide: number }> {
  const { uniform } = random(1);
  const sums = new Float64Array(count);
  let faces = new Int32Array(count);
  for (let face = 0; face < count; face++) faces[face] = face;
  let wide = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const weights = Float64Array.from({ length: width }, () => uniform());
    wide = 2 * near * weights.reduce((total, weight) => total + weight, 0);
    for (let i = 0; i < faces.length; i++) {
      let sum = 0;
      for (let k = 0, at = faces[i]! * width; k < width; k++) sum += weights[k]! * maps[at + k]!;
      sums[faces[i]!] = sum;
    }
    faces = inCrowdedBuckets(faces, sums, wide);
  }
  faces.sort((a, b) => sums[a]! - sums[b]! || a - b);
  for (const face of faces) yield { face, sum: sums[face]!, wide };
}

/** The faces whose sums have another one in their bucket or beside it; buckets are as wide as sums may be apart. */
function inCrowdedBuckets(faces: Int32Array<ArrayBuffer>, sums: Float64Array, wide: number): Int32Array<ArrayBuffer> {
  const once = new Uint32Array((MOST_BUCKETS >> 4) + 1);
  const again = new Uint32Array(once.length);
  const has = (bits: Uint32Array, bucket: number): boolean => ((bits[bucket >> 5]! >> (bucket & 31)) & 1) === 1;
  // Of no width all are in one bucket.
  const bucketOf = (face: number): number => {
    const place = wide === 0 ? 0 : Math.floor(sums[face]! / wide);
    return MOST_BUCKETS + Math.max(2 - MOST_BUCKETS, Math.min(MOST_BUCKETS - 2, place));
  };
  for (const face of faces) {
    const bucket = bucketOf(face);
    const bits = has(once, bucket) ? again : once;
    bits[bucket >> 5]! |= 1 << (bucket & 31);
  }
  return faces.filter((face) => {
    const bucket = bucketOf(face);
    return has(again, bucket) || has(once, bucket - 1) || has(once, bucket + 1);
  });
}
