import { type AffineTable, ROUNDOFF } from "@maso/core";
import { InputsAlong } from "./inputs-along";
import type { PartitionRun } from "./partition-run";
import type { Placed } from "./placing";
import type { Stage } from "./stages";
import { largerOf, UnitValues } from "./unit-values";
import type { VertexSigns } from "./vertex-signs";

/** σ_j(z_j(t)) − lerp(σ_j(z_j(a)), σ_j(z_j(b)); t) for each changing unit of each placed vertex, and how far each may be off. */
export interface Bends {
  readonly bend: Float64Array;
  readonly uncertain: Float64Array;
}

/** They are good until the next stage's. */
export function bendsOf({ scratch }: PartitionRun, stage: Stage, signs: VertexSigns, placed: Placed): Bends {
  const { changes } = placed;
  const units = new UnitValues(stage.quantizer!);
  const inputs = new InputsAlong(signs, stage.size, scratch);
  const bends = {
    bend: scratch.real("bends", changes).subarray(0, changes),
    uncertain: scratch.real("bend doubts", changes).subarray(0, changes),
  };
  if (units.pairs === null) bendAny(stage, units, inputs, signs, placed, bends);
  else bendPairs(stage, units.pairs, units.reads, inputs, signs, placed, bends);
  return bends;
}

function bendAny(
  { steepness, offset }: Stage,
  units: UnitValues,
  inputs: InputsAlong,
  signs: VertexSigns,
  { count, vertices, ends, parts, start, end, changing }: Placed,
  { bend, uncertain }: Bends,
): void {
  const { arity } = units;
  const atA = new Float64Array(arity);
  const atB = new Float64Array(arity);
  const atT = new Float64Array(arity);
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
      bend[e] = value - (from + t * (to - from));
      uncertain[e] = 4 * steepness * error + (arity + 2) * rounding;
    }
  }
}

/** The same for units that are the larger of two functions of one value. */
function bendPairs(
  { steepness, offset }: Stage,
  table: AffineTable,
  reads: Int32Array | null,
  inputs: InputsAlong,
  signs: VertexSigns,
  { count, vertices, ends, parts, start, end, changing }: Placed,
  { bend, uncertain }: Bends,
): void {
  const { rows, slopes, offsets } = table;
  for (let i = 0; i < count; i++) {
    const v = vertices[i]!;
    const a = ends[2 * i]!;
    const b = ends[2 * i + 1]!;
    const t = parts[i]!;
    inputs.enter(v);
    for (let e = start[i]!; e < end[i]!; e++) {
      const j = changing[e]!;
      const index = reads === null ? j : reads[j]!;
      const x = inputs.at(a, index);
      const errorA = inputs.error;
      const y = inputs.at(b, index);
      let error = Math.max(errorA, inputs.error);
      let z = x + t * (y - x);
      if (signs.inputs.isZero(v, index)) {
        error += Math.abs(z);
        z = 0;
      }
      const row = rows === 1 ? 0 : 2 * (j % rows);
      const from = largerOf(slopes, offsets, row, x);
      const to = largerOf(slopes, offsets, row, y);
      const value = largerOf(slopes, offsets, row, z);
      const largest = Math.max(Math.abs(x), Math.abs(y));
      const rounding = 8 * ROUNDOFF * (steepness * largest + offset + Math.abs(from) + Math.abs(to) + Math.abs(value));
      bend[e] = value - (from + t * (to - from));
      uncertain[e] = 4 * steepness * error + 3 * rounding;
    }
  }
}
