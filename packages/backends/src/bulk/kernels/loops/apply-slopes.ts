import type { UnitArrays, UnitSpec } from "../unit-spec";

/** Units held at their slopes, [points, count, arity + 1], applied to v, [points · group, inputSize]: [points · group, count]. */
export function applySlopes(
  out: Float32Array,
  v: Float32Array,
  slopes: Float32Array,
  { count, arity, inputSize }: UnitSpec,
  { reads }: UnitArrays,
  group: number,
  withOffsets: boolean,
): void {
  for (let row = 0, at = 0; at < out.length; row++) {
    let own = Math.floor(row / group) * count * (arity + 1);
    const base = row * inputSize;
    for (let k = 0; k < count; k++, at++, own += arity + 1) {
      let sum = withOffsets ? slopes[own + arity]! : 0;
      for (let i = 0; i < arity; i++) {
        const index = reads === null ? k : reads[k * arity + i]!;
        if (index >= 0) sum += slopes[own + i]! * v[base + index]!;
      }
      out[at] = sum;
    }
  }
}
