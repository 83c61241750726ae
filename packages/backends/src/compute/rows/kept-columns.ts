import type { Columns } from "@maso/core/compute";
import type { RowMemory } from "./row-memory";

/** Not looked for yet, and 0: no place in the memory is that of a column. */
const UNKNOWN = -1;
const NOTHING = 0;

/** Columns of matrices where kernels read them: how many values, the values, and where there are fewer than the matrix has rows, their places. */
export class KeptColumns {
  private readonly placesOf = new WeakMap<Columns, Int32Array>();

  constructor(private readonly memory: RowMemory) {}

  /** Writes the places of the columns of units, in bytes, 0 for those that are 0; gives whether there was room for all. */
  write(columns: Columns, units: Int32Array, count: number, places: Int32Array): boolean {
    let known = this.placesOf.get(columns);
    if (known === undefined) {
      known = new Int32Array(columns.count).fill(UNKNOWN);
      this.placesOf.set(columns, known);
    }
    for (let e = 0; e < count; e++) {
      const unit = units[e]!;
      if (known[unit] === UNKNOWN) known[unit] = this.keep(columns, unit);
      if (known[unit] === UNKNOWN) return false;
      places[e] = known[unit]!;
    }
    return true;
  }

  private keep(columns: Columns, unit: number): number {
    const column = columns.at(unit);
    if (column === null) return NOTHING;
    const { indices, values } = column;
    const place = this.memory.keep(16 + 12 * values.length);
    if (place < 0) return UNKNOWN;
    const { buffer } = this.memory.memory;
    new Int32Array(buffer, place, 1)[0] = values.length;
    new Float64Array(buffer, place + 16, values.length).set(values);
    new Int32Array(buffer, place + 16 + 8 * values.length, indices.length).set(indices);
    return place;
  }
}
