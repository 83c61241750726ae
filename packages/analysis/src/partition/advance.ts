import { unitsOf } from "@maso/core";
import { bendsOf } from "./bends-of";
import type { BoundedRows } from "./given-inputs";
import type { PartitionRun } from "./partition-run";
import { placeRows } from "./place-rows";
import type { AdvancePlan } from "./plan-advance";
import { Products } from "./products";
import { VertexRows } from "./vertex-rows";
import type { VertexSigns } from "./vertex-signs";

/** By stage, from the current one on: its joined inputs at the vertices of a mesh, as far as earlier stages feed them. */
export type State = ReadonlyMap<number, BoundedRows>;

/**
 * The state behind a stage at some vertices of the mesh that it cut. Vertices that the mesh was given need the whole product; a new one
 * lies on a segment along which the stage's inputs are linear, so that between two vertices a and b of it, what is behind it is
 *
 *     z'(t) = lerp(z'(a), z'(b); t) + Σ_{j ∈ J} W[:, j] · (σ_j(z_j(t)) − lerp(σ_j(z_j(a)), σ_j(z_j(b)); t))
 *
 * with J the units whose piece changes between a and b. Yields where it may pause.
 */
export function* advance(run: PartitionRun, l: number, signs: VertexSigns, state: State, wanted: Int32Array): Generator<null, State> {
  const { stages, planner, rows: kernels } = run;
  const stage = stages.list[l]!;
  const most = Math.max(4, unitsOf(stage.quantizer!).count >> 3);
  const plan = planner.plan(signs, wanted, most);
  yield null;
  const products = new Products(run, l, signs, plan);
  const later = new Set<number>();
  for (const each of state.keys()) if (each > l) later.add(each);
  for (const target of stage.targets) later.add(target.stage);
  const bends = bendsOf(run, stage, signs, plan.placed);
  const behind = new Map<number, BoundedRows>();
  for (const target of later) {
    yield null;
    const { size } = stages.list[target]!;
    const all = plan.count;
    const found = { size, rows: kernels.take(all * size), errors: new Float64Array(all), sizes: new Float64Array(all) };
    const before = state.get(target);
    if (before) carry(signs, before, plan, found);
    products.add(target, found, before !== undefined);
    yield null;
    placeRows(run, stages.columns(l, target), plan, bends, found);
    behind.set(target, firstRows(found, wanted.length));
  }
  products.giveBack();
  return behind;
}

function firstRows({ size, rows, errors, sizes }: BoundedRows, count: number): BoundedRows {
  return { size, rows: rows.subarray(0, count * size), errors: errors.subarray(0, count), sizes: sizes.subarray(0, count) };
}

/** What earlier stages have fed a later one, at vertices that are computed whole: it is linear on the faces before this stage. */
function carry(signs: VertexSigns, before: BoundedRows, { whole, slots }: AdvancePlan, { size, rows, errors }: BoundedRows): void {
  const earlier = new VertexRows(signs.mesh, before, signs.given);
  for (let n = 0; n < whole.length; n++) {
    const slot = slots[whole[n]!]!;
    const { row, error } = earlier.at(whole[n]!);
    rows.set(row, slot * size);
    errors[slot] = error;
  }
}
