import type { AffineTable, Rows, Selection, Units } from "@maso/core";
import type { Engine } from "./engine";

/** Values that are read at a time: they stay in the cache. */
const BLOCK_VALUES = 2 ** 13;

/** Units that read one value each and have tables; null for others, and where writing out the tables would cost more than it gains. */
export function selectScalars(
  { kernels, workspace }: Engine,
  { count, pieces, reads, table, selectors }: Units,
  v: Rows,
): Selection | null {
  if (reads !== null || table === null || selectors === null) return null;
  const period = periodOf(count, table, selectors);
  const entries = period * pieces;
  if (4 * entries > v.length) return null;
  const block = period * Math.ceil(BLOCK_VALUES / period);
  const places = workspace.place({
    v: block,
    values: block,
    choice: Math.ceil(block / 8),
    slopes: entries,
    offsets: entries,
    steps: entries,
    shifts: entries,
  });
  if (places === null) return null;
  repeat(table, count, workspace.at(places.slopes, entries), workspace.at(places.offsets, entries));
  repeat(selectors, count, workspace.at(places.steps, entries), workspace.at(places.shifts, entries));
  const steps = selectors === table ? places.slopes : places.steps;

  const values = new Float64Array(v.length);
  const choice = new Uint8Array(v.length);
  for (let from = 0; from < v.length; from += block) {
    const length = Math.min(block, v.length - from);
    workspace.put(v.subarray(from, from + length), places.v);
    kernels.selectScalars(
      places.values,
      places.choice,
      places.v,
      length,
      places.slopes,
      places.offsets,
      steps,
      places.shifts,
      pieces,
      period,
    );
    values.set(workspace.at(places.values, length), from);
    choice.set(workspace.bytesAt(places.choice, length), from);
  }
  return { values, choice };
}

/** An even number of values after which the tables repeat, large enough for a loop: units count on through all rows. */
function periodOf(count: number, { rows }: AffineTable, { rows: selectorRows }: AffineTable): number {
  const longer = Math.max(rows, selectorRows);
  const goesOn = count % longer === 0 && longer % rows === 0 && longer % selectorRows === 0;
  const period = goesOn ? longer : count;
  return 2 * period * Math.ceil(16 / period);
}

/** The entries of each piece in turn, [pieces, period], unit after unit. */
function repeat({ rows, pieces, slopes, offsets }: AffineTable, count: number, toSlopes: Float64Array, toOffsets: Float64Array): void {
  const period = toSlopes.length / pieces;
  for (let k = 0; k < period; k++) {
    const row = ((k % count) % rows) * pieces;
    for (let r = 0; r < pieces; r++) {
      toSlopes[r * period + k] = slopes[row + r]!;
      toOffsets[r * period + k] = offsets[row + r]!;
    }
  }
}
