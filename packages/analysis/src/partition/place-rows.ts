import type { Columns } from "@maso/core/compute";
import type { Bends } from "./bends-of";
import type { BoundedRows } from "./given-inputs";
import type { PartitionRun } from "./partition-run";
import type { AdvancePlan } from "./plan-advance";

/** Rows of vertices that are placed by others. */
export function placeRows(
  { rows: kernels, scratch }: PartitionRun,
  columns: Columns,
  { slots, placed }: AdvancePlan,
  { bend, uncertain }: Bends,
  { size, rows, errors, sizes }: BoundedRows,
): void {
  const { count, vertices, parts, start, end } = placed;
  const at = scratch.whole("rows placed", count);
  const ends = scratch.whole("ends of rows placed", 2 * count);
  rowsOf(vertices, slots, count, at);
  rowsOf(placed.ends, slots, 2 * count, ends);
  const units = placed.changing.subarray(0, placed.changes);
  kernels.blend(rows, size, { count, at, ends, parts, start, end, units, factors: bend, uncertain, columns, sizes, errors });
}

function rowsOf(vertices: Int32Array, slots: Int32Array, count: number, rows: Int32Array): void {
  for (let i = 0; i < count; i++) rows[i] = slots[vertices[i]!]!;
}
