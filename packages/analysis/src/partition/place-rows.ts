import { ROUNDOFF } from "@maso/core";
import type { Bends } from "./bends-of";
import type { BoundedRows } from "./given-inputs";
import type { AdvancePlan } from "./plan-advance";
import { RowSum } from "./row-sum";
import type { Stages } from "./stages";

/** Rows of vertices that are placed by others. */
export function placeRows(
  stages: Stages,
  l: number,
  target: number,
  { slots, placed }: AdvancePlan,
  { bend, uncertain }: Bends,
  { size, rows, errors, sizes }: BoundedRows,
): void {
  const { count, vertices, ends, parts, start, end, changing } = placed;
  const sum = new RowSum(rows, size);
  for (let i = 0; i < count; i++) {
    const slot = slots[vertices[i]!]!;
    const a = slots[ends[2 * i]!]!;
    const b = slots[ends[2 * i + 1]!]!;
    const at = slot * size;
    let largest = Math.max(sizes[a]!, sizes[b]!);
    let error = Math.max(errors[a]!, errors[b]!) + 24 * ROUNDOFF * largest;
    const units = end[i]! - start[i]!;
    sum.begin(a * size, b * size, parts[i]!, at);
    for (let e = start[i]!; e < end[i]!; e++) {
      const column = stages.column(l, changing[e]!, target);
      if (column === null) continue;
      const added = Math.abs(bend[e]!);
      if (added > 0) sum.add(column, bend[e]!);
      largest += column.largest * added;
      error += column.largest * (uncertain[e]! + (units + 4) * 2 * ROUNDOFF * added);
    }
    sum.end();
    sizes[slot] = largest;
    errors[slot] = error + 2 * units * ROUNDOFF * largest;
  }
}
