import type { CodeRows } from "../plain-differences";
import type { Section } from "../sections";
import { sectionTiles } from "../tiles";

/** Fills `into`, [rows of a, rows of b]. */
export function writeCounts(into: Int32Array, sections: readonly Section[], a: CodeRows, b: CodeRows): void {
  for (const { row, column, rows, columns, counts } of sectionTiles(sections, a, b))
    for (let i = 0; i < rows; i++) into.set(counts.subarray(i * columns, (i + 1) * columns), (row + i) * b.rows + column);
}
