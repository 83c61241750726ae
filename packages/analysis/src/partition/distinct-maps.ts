import { random } from "@maso/core";
import type { ExactNetwork } from "../exact";
import { levelOf } from "./collect-complex";
import { choicesAt } from "./level";
import type { MergedComplex } from "./merge-parts";
import type { Stages } from "./stages";

/** Maps closer than this, relative to the largest coefficient, are compared exactly. */
const NEAR = 2 ** -24;
const AT_ONCE = 1024;

/** How many maps on the slice differ as exact affine functions: floats tell most apart, near ones are compared exactly. */
export function* distinctMaps(stages: Stages, exact: ExactNetwork, complex: MergedComplex, outputs: number): Generator<null, number> {
  const maps = complex.maps.values;
  const width = 3 * outputs;
  const count = complex.faces;
  let scale = Number.MIN_VALUE;
  for (const value of maps) scale = Math.max(scale, Math.abs(value));
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
  const buckets = new Buckets(maps, width, count, near);
  let equal = 0;
  for (let face = 0; face < count; face++) {
    if (face % AT_ONCE === 0) yield null;
    let isKnown = false;
    for (const other of buckets.around(face)) {
      if (!isNear(face, other)) continue;
      yield null;
      isKnown = keyOf(face) === keyOf(other);
      if (isKnown) break;
    }
    if (isKnown) equal++;
    else buckets.add(face);
  }
  return count - equal;
}

/** Faces by one combination of their maps' coefficients: near maps are in one bucket or in neighbouring ones. */
class Buckets {
  private readonly first = new Map<number, number>();
  private readonly next: Int32Array;
  private readonly bucket: Float64Array;

  constructor(maps: Float64Array, width: number, count: number, near: number) {
    const { uniform } = random(1);
    const weights = Float64Array.from({ length: width }, () => uniform());
    const wide = 2 * near * weights.reduce((sum, weight) => sum + weight, 0);
    this.next = new Int32Array(count).fill(-1);
    this.bucket = new Float64Array(count);
    for (let face = 0; face < count; face++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += weights[k]! * maps[face * width + k]!;
      this.bucket[face] = wide > 0 ? Math.floor(sum / wide) : 0;
    }
  }

  add(face: number): void {
    const bucket = this.bucket[face]!;
    this.next[face] = this.first.get(bucket) ?? -1;
    this.first.set(bucket, face);
  }

  /** The faces added so far whose maps may be near a face's. */
  around(face: number): readonly number[] {
    const found: number[] = [];
    for (let bucket = this.bucket[face]! - 1; bucket <= this.bucket[face]! + 1; bucket++)
      for (let other = this.first.get(bucket) ?? -1; other >= 0; other = this.next[other]!) found.push(other);
    return found;
  }
}
