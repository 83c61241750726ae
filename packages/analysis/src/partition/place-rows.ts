import type { Columns, RowKernels } from "@maso/core/compute";
import type { Bends } from "./bends-of";
import type { BoundedRows } from "./given-inputs";
import type { AdvancePlan } from "./plan-advance";

/** Rows of vertices that are placed by others. */
export function placeRows(
  kernels: RowKernels,
  columns: Columns,
  { slots, placed }: AdvancePlan,
  { bend, uncertain }: Bends,
  { size, rows, errors, sizes }: BoundedRows,
): void {
  const { count, vertices, parts, start, end, changing } = placed;
  const at = rowsOf(vertices, slots, count);
  const ends = rowsOf(placed.ends, slots, 2 * count);
  kernels.blend(rows, size, { count, at, ends, parts, start, end, units: changing, factors: bend, uncertain, columns, sizes, errors });
}

function rowsOf(vertices: Int32Array, slots: Int32Array, count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let i = 0; i < count; i++) rows[i] = slots[vertices[i]!]!;
  return rows;
}
