import { ROUNDOFF } from "@maso/core";
import type { RowKernels } from "@maso/core/compute";
import type { Bends } from "./bends-of";
import type { BoundedRows } from "./given-inputs";
import type { AdvancePlan } from "./plan-advance";
import type { Columns } from "./stages";

/** Rows of vertices that are placed by others. */
export function placeRows(
  kernels: RowKernels,
  columns: Columns,
  { slots, placed }: AdvancePlan,
  { bend, uncertain }: Bends,
  { size, rows, errors, sizes }: BoundedRows,
): void {
  const { count, vertices, parts, start, end, changing } = placed;
  const at = new Int32Array(count);
  const ends = new Int32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const slot = slots[vertices[i]!]!;
    const a = slots[placed.ends[2 * i]!]!;
    const b = slots[placed.ends[2 * i + 1]!]!;
    at[i] = slot;
    ends[2 * i] = a;
    ends[2 * i + 1] = b;
    let largest = Math.max(sizes[a]!, sizes[b]!);
    let error = Math.max(errors[a]!, errors[b]!) + 24 * ROUNDOFF * largest;
    const units = end[i]! - start[i]!;
    for (let e = start[i]!; e < end[i]!; e++) {
      const column = columns.at(changing[e]!);
      if (column === null) continue;
      const added = Math.abs(bend[e]!);
      largest += column.largest * added;
      error += column.largest * (uncertain[e]! + (units + 4) * 2 * ROUNDOFF * added);
    }
    sizes[slot] = largest;
    errors[slot] = error + 2 * units * ROUNDOFF * largest;
  }
  kernels.blend(rows, size, { count, at, ends, parts, start, end, units: changing, factors: bend, columns });
}
