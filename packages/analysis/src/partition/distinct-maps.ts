import { random } from "@maso/core";
import type { ExactNetwork } from "../exact";
import { levelOf } from "./collect-complex";
import { choicesAt } from "./level";
import type { MergedComplex } from "./merge-parts";
import type { Stages } from "./stages";

/** Maps closer than this, relative to the largest coefficient, are compared exactly. */
const NEAR = 2 ** -24;

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
 * Faces whose maps may be near others', in the order of one combination of the coefficients: near maps have combinations that are no more
 * than `wide` apart.
 */
function* crowded(
  maps: Float64Array,
  width: number,
  count: number,
  near: number,
): Generator<{ readonly face: number; readonly sum: number; readonly wide: number }> {
  const { uniform } = random(1);
  const weights = Float64Array.from({ length: width }, () => uniform());
  const wide = 2 * near * weights.reduce((total, weight) => total + weight, 0);
  const sums = new Float64Array(count);
  for (let face = 0; face < count; face++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += weights[k]! * maps[face * width + k]!;
    sums[face] = sum;
  }
  const sorted = sums.slice().sort();
  const isNearNext = (i: number): boolean => i + 1 < count && sorted[i + 1]! - sorted[i]! <= wide;
  const intervals: number[] = [];
  for (let i = 0; i < count; i++) {
    if (!isNearNext(i)) continue;
    intervals.push(sorted[i]!);
    while (isNearNext(i)) i++;
    intervals.push(sorted[i]!);
  }
  if (intervals.length === 0) return;
  const found: number[] = [];
  for (let face = 0; face < count; face++) {
    let [low, high] = [0, intervals.length / 2];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (intervals[2 * middle + 1]! < sums[face]!) low = middle + 1;
      else high = middle;
    }
    if (2 * low < intervals.length && sums[face]! >= intervals[2 * low]!) found.push(face);
  }
  found.sort((a, b) => sums[a]! - sums[b]! || a - b);
  for (const face of found) yield { face, sum: sums[face]!, wide };
}
