import type { OpenShape } from "./open-shape";
import { filesOf, type Item, openRows } from "./read-input";

export interface StreamedItem {
  readonly item: Item;
  /** How much of all data has been read with this row, each file counting alike. */
  readonly fraction: number;
}

/** The rows of all files one by one, as they are asked for: a data set need not fit in memory. Throws what readInput throws. */
export async function* streamInput(paths: readonly string[], declared: readonly OpenShape[]): AsyncGenerator<StreamedItem> {
  const files = filesOf(paths);
  for (const [before, path] of files.entries()) {
    const rows = await openRows(path, declared);
    let read = 0;
    for await (const item of rows.items()) yield { item, fraction: (before + ++read / rows.count) / files.length };
  }
}
