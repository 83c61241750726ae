import { type Compute, ROUNDOFF, roundingBound, type SparseVector, unitsOf } from "@maso/core";
import { between, type GivenInputs, type MeshCutter } from "./cut-mesh";
import type { Mesh } from "./mesh";
import type { Stage, Stages } from "./stages";

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
export function advance(
  stages: Stages,
  l: number,
  mesh: Mesh,
  cutter: MeshCutter,
  state: State,
  wanted: Int32Array,
  compute: Compute,
): State {
  return new Advance(stages, l, mesh, cutter, state, compute).at(wanted);
}

class Advance {
  private readonly stage: Stage;
  private readonly inputs: GivenInputs;
  private readonly given: number;
  private error = 0;

  constructor(
    private readonly stages: Stages,
    private readonly l: number,
    private readonly mesh: Mesh,
    private readonly cutter: MeshCutter,
    private readonly state: State,
    private readonly compute: Compute,
  ) {
    this.stage = stages.list[l]!;
    this.inputs = state.get(l)!;
    this.given = this.inputs.errors.length;
  }

  at(wanted: Int32Array): State {
    const { order, slots, changes } = this.plan(wanted);
    const later = new Set([...this.state.keys(), ...this.stage.targets.map(({ stage }) => stage)].filter((stage) => stage > this.l));
    const whole = order.filter((_, i) => changes[i] === null);
    const products = this.product(whole);
    const result = new Map<number, GivenInputs>();
    for (const stage of later) {
      const size = this.stages.list[stage]!.size;
      const rows = new Float64Array(order.length * size);
      const errors = new Float64Array(order.length);
      let next = 0;
      order.forEach((v, i) => {
        const product = changes[i] === null ? next++ : -1;
        if (product >= 0) this.carry(stage, v, i, rows, errors, size);
        if (product >= 0) products.add(stage, product, rows, i * size, size, errors, i);
      });
      // New vertices come after those that they are placed by.
      order.forEach((v, i) => {
        if (changes[i] !== null) this.place(stage, v, i, changes[i]!, slots, rows, errors, size);
      });
      result.set(stage, gathered(rows, errors, size, wanted, slots));
    }
    return result;
  }

  /** The wanted vertices and those that they are placed by, in order, and for each which units change along its segment (null: whole). */
  private plan(wanted: Int32Array): {
    readonly order: readonly number[];
    readonly slots: ReadonlyMap<number, number>;
    readonly changes: readonly (readonly number[] | null)[];
  } {
    const changes = new Map<number, readonly number[] | null>();
    const open = [...wanted];
    const most = Math.max(4, unitsOf(this.stage.quantizer!).count >> 3);
    for (let v = open.pop(); v !== undefined; v = open.pop()) {
      if (changes.has(v)) continue;
      const changing = v < this.given || this.cutter.knownRow(v) ? null : this.changing(v);
      const sparse = changing === null || changing.length > most ? null : changing;
      changes.set(v, sparse);
      if (sparse !== null) open.push(this.mesh.base[2 * v]!, this.mesh.base[2 * v + 1]!);
    }
    const order = [...changes.keys()].sort((a, b) => a - b);
    return { order, slots: new Map(order.map((v, i) => [v, i])), changes: order.map((v) => changes.get(v)!) };
  }

  /** Units with a cut that is zero at an end of a vertex's segment, or of opposite signs at the two. */
  private changing(v: number): readonly number[] {
    const { base } = this.mesh;
    const { readers } = this.stage.cuts!;
    const found = new Set<number>();
    for (let w = 0; w < this.cutter.words; w++) {
      let bits = this.cutter.changing(base[2 * v]!, base[2 * v + 1]!, w);
      while (bits !== 0) {
        const bit = 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        for (const unit of readers[w * 32 + bit]!) found.add(unit);
      }
    }
    return [...found];
  }

  /** What earlier stages have fed a later one: linear on the faces before this stage. */
  private carry(stage: number, v: number, i: number, rows: Float64Array, errors: Float64Array, size: number): void {
    const before = this.state.get(stage);
    if (!before) return;
    const { row, error } = this.carried(before, v, size);
    rows.set(row, i * size);
    errors[i] = error;
  }

  private carried(before: GivenInputs, v: number, size: number): { readonly row: Float64Array; readonly error: number } {
    if (v < this.given) return { row: before.rows.subarray(v * size, (v + 1) * size), error: before.errors[v]! };
    const { base, part } = this.mesh;
    return between(this.carried(before, base[2 * v]!, size), this.carried(before, base[2 * v + 1]!, size), part[v]!);
  }

  /** Whole products for some vertices, all at once. */
  private product(vertices: readonly number[]): {
    add(stage: number, n: number, rows: Float64Array, at: number, size: number, errors: Float64Array, i: number): void;
  } {
    const { size } = this.inputs;
    const joined = new Float64Array(vertices.length * size);
    const inputErrors = new Float64Array(vertices.length);
    const inputSizes = new Float64Array(vertices.length);
    vertices.forEach((v, n) => {
      const { row, error } = this.rowAt(v);
      joined.set(row, n * size);
      inputErrors[n] = error;
      inputSizes[n] = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    });
    const outputs = vertices.length === 0 ? joined : this.stages.apply(this.l, joined);
    const spread = vertices.length === 0 ? new Map<number, Float64Array>() : this.stages.spread(this.l, outputs, this.compute);
    const { count: units, arity } = unitsOf(this.stage.quantizer!);
    return {
      add: (stage, n, rows, at, width, errors, i) => {
        const target = this.stage.targets.find((each) => each.stage === stage);
        const values = spread.get(stage);
        if (!target || !values) return;
        const constant = target.isFirst ? this.stages.constants[stage]! : null;
        let reached = 0;
        for (let k = 0; k < width; k++) {
          rows[at + k]! += values[n * width + k]! + (constant === null ? 0 : constant[k]!);
          reached = Math.max(reached, Math.abs(rows[at + k]!));
        }
        let largest = 0;
        for (let k = 0; k < units; k++) largest = Math.max(largest, Math.abs(outputs[n * units + k]!));
        const { steepness, offset } = this.stage;
        const outputError = steepness * inputErrors[n]! + 2 * roundingBound(arity + 2) * (steepness * inputSizes[n]! + offset + largest);
        const constantSize = target.isFirst ? this.stages.list[stage]!.constantSize : 0;
        const { norm, roundings } = target;
        errors[i]! +=
          norm * outputError + 2 * roundingBound(roundings) * (norm * (largest + outputError) + constantSize) + 4 * ROUNDOFF * reached;
      },
    };
  }

  /** The stage's inputs at a vertex. */
  private rowAt(v: number): { readonly row: Float64Array; readonly error: number } {
    const known = this.cutter.knownRow(v);
    if (known) return known;
    const { size, rows, errors } = this.inputs;
    if (v < this.given) return { row: rows.subarray(v * size, (v + 1) * size), error: errors[v]! };
    const { base, part } = this.mesh;
    return between(this.rowAt(base[2 * v]!), this.rowAt(base[2 * v + 1]!), part[v]!);
  }

  private place(
    stage: number,
    v: number,
    i: number,
    changing: readonly number[],
    slots: ReadonlyMap<number, number>,
    rows: Float64Array,
    errors: Float64Array,
    size: number,
  ): void {
    const { base, part } = this.mesh;
    const [a, b] = [base[2 * v]!, base[2 * v + 1]!];
    const t = part[v]!;
    const [ra, rb, at] = [slots.get(a)! * size, slots.get(b)! * size, i * size];
    let [apart, largest] = [0, 0];
    for (let k = 0; k < size; k++) {
      const from = rows[ra + k]!;
      const difference = rows[rb + k]! - from;
      if (Math.abs(difference) > apart) apart = Math.abs(difference);
      if (Math.abs(from) > largest) largest = Math.abs(from);
      rows[at + k] = from + t * difference;
    }
    const [errorA, errorB] = [errors[slots.get(a)!]!, errors[slots.get(b)!]!];
    let error = Math.max(errorA, errorB) + 8 * ROUNDOFF * (largest + apart);
    for (const j of changing) {
      const column = this.stages.column(this.l, j).get(stage);
      if (!column) continue;
      const { bend, uncertain } = this.bend(j, a, b, t);
      const most = addColumn(rows, at, column, bend);
      error += most * uncertain;
      error += (changing.length + 4) * 2 * ROUNDOFF * most * Math.abs(bend);
    }
    errors[i] = error;
  }

  /** σ_j(z_j(t)) − lerp(σ_j(z_j(a)), σ_j(z_j(b)); t), and how far it may be off. */
  private bend(j: number, a: number, b: number, t: number): { readonly bend: number; readonly uncertain: number } {
    const units = unitsOf(this.stage.quantizer!);
    const { arity, reads } = units;
    const [atA, atB, atT] = [new Float64Array(arity), new Float64Array(arity), new Float64Array(arity)];
    let [error, largest] = [0, 0];
    for (let i = 0; i < arity; i++) {
      const index = reads === null ? j : reads[j * arity + i]!;
      if (index < 0) continue;
      atA[i] = this.inputAt(a, index);
      error = Math.max(error, this.error);
      atB[i] = this.inputAt(b, index);
      error = Math.max(error, this.error);
      atT[i] = atA[i]! + t * (atB[i]! - atA[i]!);
      largest = Math.max(largest, Math.abs(atA[i]!), Math.abs(atB[i]!));
    }
    const [from, to, value] = [this.unitValue(j, atA), this.unitValue(j, atB), this.unitValue(j, atT)];
    const { steepness, offset } = this.stage;
    const rounding = 8 * ROUNDOFF * (steepness * largest + offset + Math.abs(from) + Math.abs(to) + Math.abs(value));
    return { bend: value - (from + t * (to - from)), uncertain: 4 * steepness * error + (arity + 2) * rounding };
  }

  /** A stage input at a vertex; sets `error` to how far it may be off. */
  private inputAt(v: number, index: number): number {
    const known = this.cutter.knownRow(v);
    if (known) {
      this.error = known.error;
      return known.row[index]!;
    }
    if (v < this.given) {
      this.error = this.inputs.errors[v]!;
      return this.inputs.rows[v * this.inputs.size + index]!;
    }
    const { base, part } = this.mesh;
    const from = this.inputAt(base[2 * v]!, index);
    const errorA = this.error;
    const to = this.inputAt(base[2 * v + 1]!, index);
    const errorB = this.error;
    this.error = Math.max(errorA, errorB) + 4 * ROUNDOFF * (Math.abs(from) + Math.abs(to));
    return from + part[v]! * (to - from);
  }

  private unitValue(k: number, read: Float64Array): number {
    const { arity, pieces, reads, table, selectors, selectorSign } = unitsOf(this.stage.quantizer!);
    let best = -Infinity;
    let value = 0;
    for (let r = 0; r < pieces; r++) {
      if (reads !== null && !exists(reads, k, arity, r, table, selectors, pieces)) continue;
      const selector = selectors === null ? selectorSign * read[r]! : affine(selectors, k, r, read);
      if (selector <= best) continue;
      best = selector;
      value = table === null ? read[r]! : affine(table, k, r, read);
    }
    return value;
  }
}

type Table = NonNullable<ReturnType<typeof unitsOf>["table"]>;

function affine({ rows, pieces, arity, slopes, offsets }: Table, k: number, r: number, read: Float64Array): number {
  const row = (k % rows) * pieces + r;
  let sum = offsets[row]!;
  for (let i = 0; i < arity; i++) sum += slopes[row * arity + i]! * read[i]!;
  return sum;
}

function exists(
  reads: Int32Array,
  k: number,
  arity: number,
  r: number,
  table: Table | null,
  selectors: Table | null,
  pieces: number,
): boolean {
  for (let i = 0; i < arity; i++) {
    if (reads[k * arity + i]! >= 0) continue;
    for (const part of [table, selectors]) {
      if (part === null ? i === r : part.slopes[((k % part.rows) * pieces + r) * arity + i] !== 0) return false;
    }
  }
  return true;
}

/** Adds factor · column; gives the largest |entry| of the column. */
function addColumn(rows: Float64Array, at: number, { indices, values }: SparseVector, factor: number): number {
  let most = 0;
  for (let e = 0; e < indices.length; e++) {
    const value = values[e]!;
    rows[at + indices[e]!]! += factor * value;
    if (value > most) most = value;
    else if (-value > most) most = -value;
  }
  return most;
}

function gathered(
  rows: Float64Array,
  errors: Float64Array,
  size: number,
  wanted: Int32Array,
  slots: ReadonlyMap<number, number>,
): GivenInputs {
  const result = new Float64Array(wanted.length * size);
  const kept = new Float64Array(wanted.length);
  wanted.forEach((v, i) => {
    const slot = slots.get(v)!;
    result.set(rows.subarray(slot * size, (slot + 1) * size), i * size);
    kept[i] = errors[slot]!;
  });
  return { size, rows: result, errors: kept };
}
