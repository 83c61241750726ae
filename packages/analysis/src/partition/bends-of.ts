import { ROUNDOFF } from "@maso/core";
import type { Placed } from "./placing";
import type { Stage } from "./stages";
import { UnitValues } from "./unit-values";
import type { VertexSigns } from "./vertex-signs";

/** σ_j(z_j(t)) − lerp(σ_j(z_j(a)), σ_j(z_j(b)); t) for each changing unit of each placed vertex, and how far each may be off. */
export interface Bends {
  readonly bend: Float64Array;
  readonly uncertain: Float64Array;
}

export function bendsOf({ quantizer, steepness, offset }: Stage, signs: VertexSigns, placed: Placed): Bends {
  const units = new UnitValues(quantizer!);
  const { arity } = units;
  const { count, vertices, ends, parts, start, end, changing } = placed;
  const bends = { bend: new Float64Array(changing.length), uncertain: new Float64Array(changing.length) };
  const [atA, atB, atT] = [new Float64Array(arity), new Float64Array(arity), new Float64Array(arity)];
  for (let i = 0; i < count; i++) {
    const [v, a, b, t] = [vertices[i]!, ends[2 * i]!, ends[2 * i + 1]!, parts[i]!];
    for (let e = start[i]!; e < end[i]!; e++) {
      const j = changing[e]!;
      let [error, largest] = [0, 0];
      for (let r = 0; r < arity; r++) {
        const index = units.input(j, r);
        if (index < 0) continue;
        const x = signs.inputAt(a, index);
        const errorA = signs.inputError;
        const y = signs.inputAt(b, index);
        const value = x + t * (y - x);
        const isZero = signs.isZeroInput(v, index);
        error = Math.max(error, Math.max(errorA, signs.inputError) + (isZero ? Math.abs(value) : 0));
        atA[r] = x;
        atB[r] = y;
        atT[r] = isZero ? 0 : value;
        largest = Math.max(largest, Math.abs(x), Math.abs(y));
      }
      const from = units.value(j, atA);
      const to = units.value(j, atB);
      const value = units.value(j, atT);
      const rounding = 8 * ROUNDOFF * (steepness * largest + offset + Math.abs(from) + Math.abs(to) + Math.abs(value));
      bends.bend[e] = value - (from + t * (to - from));
      bends.uncertain[e] = 4 * steepness * error + (arity + 2) * rounding;
    }
  }
  return bends;
}
