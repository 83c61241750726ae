import { type Compute, ROUNDOFF, roundingBound, unitsOf } from "@maso/core";
import { applyUnits } from "./apply-units";
import type { GivenInputs } from "./given-inputs";
import { lengthOf } from "./operator-norms";
import type { PartitionRun } from "./partition-run";
import { type AdvancePlan, planAdvance } from "./plan-advance";
import type { RowPool } from "./row-pool";
import type { Stage, Stages } from "./stages";
import { UnitValues } from "./unit-values";
import { between, type KnownRow } from "./vertex-rows";
import type { VertexSigns } from "./vertex-signs";

/** By stage, from the current one on: its joined inputs at the vertices of a mesh, as far as earlier stages feed them. */
export type State = ReadonlyMap<number, GivenInputs>;

/**
 * The state behind a stage at some vertices of the mesh that it cut. Vertices that the mesh was given need the whole product; a new one
 * lies on a segment along which the stage's inputs are linear, so that what is behind it is
 *
 *     z'(t) = lerp(z'(a), z'(b); t) + Σ_{j ∈ J} W[:, j] · (σ_j(z_j(t)) − lerp(σ_j(z_j(a)), σ_j(z_j(b)); t))
 *
 * with J the units whose piece changes along the segment.
 */
export function advance(run: PartitionRun, l: number, signs: VertexSigns, state: State, wanted: Int32Array): State {
  const { stages, compute, pool } = run;
  const stage = stages.list[l]!;
  const most = Math.max(4, unitsOf(stage.quantizer!).count >> 3);
  const plan = planAdvance(signs, wanted, most);
  const products = new Products(stages, l, signs, plan.whole, compute, pool);
  const later = new Set([...state.keys(), ...stage.targets.map((target) => target.stage)].filter((each) => each > l));
  const bends = bendsOf(stage, signs, plan);
  const behind = new Map(
    [...later].map((target): [number, GivenInputs] => {
      const { size } = stages.list[target]!;
      const found: Rows = { size, rows: pool.take(plan.order.length * size), ...emptyErrors(plan.order.length) };
      const before = state.get(target);
      if (before) carry(signs, before, plan, found);
      products.add(target, plan, found, before !== undefined);
      place(stages, l, target, signs, plan, bends, found);
      const { rows, errors } = found;
      return [target, { size, rows: rows.subarray(0, wanted.length * size), errors: errors.subarray(0, wanted.length) }];
    }),
  );
  products.giveBack();
  return behind;
}

interface Rows extends GivenInputs {
  /** A bound on the largest |value| of each row. */
  readonly sizes: Float64Array;
}

const emptyErrors = (count: number): Pick<Rows, "errors" | "sizes"> => ({
  errors: new Float64Array(count),
  sizes: new Float64Array(count),
});

/** What earlier stages have fed a later one, at vertices that are computed whole: it is linear on the faces before this stage. */
function carry(signs: VertexSigns, before: GivenInputs, { whole, slots }: AdvancePlan, { size, rows, errors }: Rows): void {
  const { base, part } = signs.mesh;
  const carried = (v: number): KnownRow => {
    if (v < signs.given) return { row: before.rows.subarray(v * size, (v + 1) * size), error: before.errors[v]! };
    return between(carried(base[2 * v]!), carried(base[2 * v + 1]!), part[v]!);
  };
  for (const v of whole) {
    const { row, error } = carried(v);
    rows.set(row, slots[v]! * size);
    errors[slots[v]!] = error;
  }
}

/** Whole products for some vertices, all at once. */
class Products {
  private readonly joined: Float64Array;
  private readonly outputs: Float64Array;
  private readonly outputErrors: Float64Array;
  private readonly outputSizes: Float64Array;
  private readonly outputLengths: Float64Array;
  private readonly spread: ReadonlyMap<number, Float64Array>;

  constructor(
    private readonly stages: Stages,
    private readonly l: number,
    signs: VertexSigns,
    whole: Int32Array,
    compute: Compute,
    private readonly pool: RowPool,
  ) {
    const { size, steepness, offset, quantizer } = stages.list[l]!;
    const joined = pool.take(whole.length * size);
    const [inputErrors, inputSizes] = [new Float64Array(whole.length), new Float64Array(whole.length)];
    const ends = new Map<number, KnownRow>();
    for (let n = 0; n < whole.length; n++) {
      inputErrors[n] = signs.rowInto(whole[n]!, joined, n * size, ends);
      inputSizes[n] = signs.rows.largest;
    }
    this.joined = joined;
    this.outputs = whole.length === 0 ? joined : applyUnits(quantizer!, joined, compute);
    this.spread = whole.length === 0 ? new Map() : stages.spread(l, this.outputs, compute);
    const rounding = 2 * roundingBound(unitsOf(quantizer!).arity + 2);
    this.outputSizes = inputSizes.map((largest) => (steepness * largest + offset) * (1 + rounding));
    const { count } = unitsOf(quantizer!);
    this.outputLengths = inputErrors.map((_, n) => lengthOf(this.outputs, n * count, count));
    this.outputErrors = inputErrors.map((error, n) => steepness * error + 2 * rounding * this.outputSizes[n]!);
  }

  giveBack(): void {
    this.pool.give(this.joined);
  }

  /** Adds what the stage's outputs and the constant part give to a target, to what is carried there or to nothing. */
  add(target: number, { whole, slots }: AdvancePlan, { size, rows, errors, sizes }: Rows, isCarried: boolean): void {
    const reached = this.stages.list[this.l]!.targets.find((each) => each.stage === target);
    const values = this.spread.get(target);
    const constant = reached?.isFirst ? this.stages.constants[target]! : null;
    const constantSize = reached?.isFirst ? this.stages.list[target]!.constantSize : 0;
    for (let n = 0; n < whole.length; n++) {
      const slot = slots[whole[n]!]!;
      const at = slot * size;
      const from = n * size;
      let largest = 0;
      for (let k = 0; k < size; k++) {
        let value = isCarried ? rows[at + k]! : 0;
        if (values !== undefined) value += values[from + k]!;
        if (constant !== null) value += constant[k]!;
        rows[at + k] = value;
        if (value > largest) largest = value;
        else if (-value > largest) largest = -value;
      }
      sizes[slot] = largest;
      if (!reached || !values) continue;
      const [error, outputSize] = [this.outputErrors[n]!, this.outputSizes[n]!];
      // Σ|terms| of a row of the product, by Hölder or by Cauchy and Schwarz.
      const terms = Math.min(reached.norm * outputSize, reached.norm2 * this.outputLengths[n]!) + reached.norm * error + constantSize;
      const rounding = 1.01 * roundingBound(reached.roundings) * terms;
      errors[slot]! += reached.norm * error + rounding + 4 * ROUNDOFF * largest;
    }
  }
}

/** σ_j(z_j(t)) − lerp(σ_j(z_j(a)), σ_j(z_j(b)); t) for each changing unit of each placed vertex, and how far each may be off. */
interface Bends {
  readonly bend: Float64Array;
  readonly uncertain: Float64Array;
}

function bendsOf({ quantizer, steepness, offset }: Stage, signs: VertexSigns, { order, start, end, changing }: AdvancePlan): Bends {
  const units = new UnitValues(quantizer!);
  const { arity } = units;
  const { base, part } = signs.mesh;
  const bends = { bend: new Float64Array(changing.length), uncertain: new Float64Array(changing.length) };
  const [atA, atB, atT] = [new Float64Array(arity), new Float64Array(arity), new Float64Array(arity)];
  for (let i = 0; i < order.length; i++) {
    if (start[i]! < 0) continue;
    const v = order[i]!;
    const [a, b, t] = [base[2 * v]!, base[2 * v + 1]!, part[v]!];
    for (let e = start[i]!; e < end[i]!; e++) {
      const j = changing[e]!;
      let [error, largest] = [0, 0];
      for (let r = 0; r < arity; r++) {
        const index = units.input(j, r);
        if (index < 0) continue;
        const x = signs.inputAt(a, index);
        const errorA = signs.inputError;
        const y = signs.inputAt(b, index);
        error = Math.max(error, errorA, signs.inputError);
        atA[r] = x;
        atB[r] = y;
        atT[r] = signs.isZeroInput(v, index) ? 0 : x + t * (y - x);
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

/** Rows of vertices that are placed by others. */
function place(
  stages: Stages,
  l: number,
  target: number,
  { mesh }: VertexSigns,
  { order, slots, start, end, changing }: AdvancePlan,
  { bend, uncertain }: Bends,
  { size, rows, errors, sizes }: Rows,
): void {
  const { base, part } = mesh;
  for (let i = 0; i < order.length; i++) {
    if (start[i]! < 0) continue;
    const v = order[i]!;
    const slot = slots[v]!;
    const a = slots[base[2 * v]!]!;
    const b = slots[base[2 * v + 1]!]!;
    const t = part[v]!;
    const ra = a * size;
    const rb = b * size;
    const at = slot * size;
    for (let k = 0; k < size; k++) {
      const from = rows[ra + k]!;
      rows[at + k] = from + t * (rows[rb + k]! - from);
    }
    let largest = Math.max(sizes[a]!, sizes[b]!);
    let error = Math.max(errors[a]!, errors[b]!) + 24 * ROUNDOFF * largest;
    const count = end[i]! - start[i]!;
    for (let e = start[i]!; e < end[i]!; e++) {
      const column = stages.column(l, changing[e]!, target);
      if (column === null) continue;
      const added = Math.abs(bend[e]!);
      if (added > 0) addColumn(rows, at, column.indices, column.values, bend[e]!);
      largest += column.largest * added;
      error += column.largest * (uncertain[e]! + (count + 4) * 2 * ROUNDOFF * added);
    }
    sizes[slot] = largest;
    errors[slot] = error + 2 * count * ROUNDOFF * largest;
  }
}

function addColumn(rows: Float64Array, at: number, indices: Int32Array, values: Float64Array, factor: number): void {
  const count = values.length;
  // The indices ascend: those of a full column are 0, 1, 2, ...
  if (indices[count - 1] === count - 1) for (let e = 0; e < count; e++) rows[at + e]! += factor * values[e]!;
  else for (let e = 0; e < count; e++) rows[at + indices[e]!]! += factor * values[e]!;
}
