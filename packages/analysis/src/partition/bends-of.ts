import { ROUNDOFF } from "@maso/core";
import { InputsAlong } from "./inputs-along";
import type { Placed } from "./placing";
import type { Stage } from "./stages";
import { UnitValues } from "./unit-values";
import type { VertexSigns } from "./vertex-signs";

/** σ_j(z_j(t)) − lerp(σ_j(z_j(a)), σ_j(z_j(b)); t) for each changing unit of each placed vertex, and how far each may be off. */
export interface Bends {
  readonly bend: Float64Array;
  readonly uncertain: Float64Array;
}

export function bendsOf({ quantizer, size, steepness, offset }: Stage, signs: VertexSigns, placed: Placed): Bends {
  const units = new UnitValues(quantizer!);
  const { arity } = units;
  const inputs = new InputsAlong(signs, size);
  const { count, vertices, ends, parts, start, end, changing } = placed;
  const bends = { bend: new Float64Array(changing.length), uncertain: new Float64Array(changing.length) };
  const [atA, atB, atT] = [new Float64Array(arity), new Float64Array(arity), new Float64Array(arity)];
  for (let i = 0; i < count; i++) {
    const v = vertices[i]!;
    const a = ends[2 * i]!;
    const b = ends[2 * i + 1]!;
    const t = parts[i]!;
    inputs.enter(v);
    for (let e = start[i]!; e < end[i]!; e++) {
      const j = changing[e]!;
      let error = 0;
      let largest = 0;
      for (let r = 0; r < arity; r++) {
        const index = units.input(j, r);
        if (index < 0) continue;
        const x = inputs.at(a, index);
        const errorA = inputs.error;
        const y = inputs.at(b, index);
        const value = x + t * (y - x);
        const isZero = signs.inputs.isZero(v, index);
        error = Math.max(error, Math.max(errorA, inputs.error) + (isZero ? Math.abs(value) : 0));
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
