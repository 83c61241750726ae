import type { UnitArrays, UnitSpec } from "../unit-spec";

/** The adjoint of applySlopes without offsets: u is [points · group, count], the result [points · group, inputSize]. */
export function adjointSlopes(
  out: Float32Array,
  u: Float32Array,
  slopes: Float32Array,
  { count, arity, inputSize }: UnitSpec,
  { reads }: UnitArrays,
  group: number,
): void {
  out.fill(0);
  for (let row = 0, at = 0; at < u.length; row++) {
    let own = Math.floor(row / group) * count * (arity + 1);
    const base = row * inputSize;
    for (let k = 0; k < count; k++, at++, own += arity + 1)
      for (let i = 0; i < arity; i++) {
        const index = reads === null ? k : reads[k * arity + i]!;
        if (index >= 0) out[base + index]! += slopes[own + i]! * u[at]!;
      }
  }
}
