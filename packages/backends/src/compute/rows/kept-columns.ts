import type { Columns } from "@maso/core/compute";
import type { RowMemory } from "./row-memory";

/** Not looked for yet, and 0: no place in the memory is that of a column. */
const UNKNOWN = -1;
const NOTHING = 0;

/** Entries of matrices of which all columns are kept at once. */
const FEW_ENTRIES = 2 ** 19;

interface Table {
  /** By unit, in bytes; 0 where its column is 0. */
  readonly places: Int32Array;
  isComplete: boolean;
}

/** Columns of matrices where kernels read them: how many values, the largest |value|, the values, and where there are fewer than the matrix has rows, their places. */
export class KeptColumns {
  private readonly tables = new WeakMap<Columns, Table>();

  constructor(private readonly memory: RowMemory) {}

  /** The places of columns [rows, count], those of some units at least; null where there is no room for all. */
  places(columns: Columns, rows: number, units: Int32Array): Int32Array | null {
    let table = this.tables.get(columns);
    if (table === undefined) {
      table = { places: new Int32Array(columns.count).fill(UNKNOWN), isComplete: false };
      this.tables.set(columns, table);
      if (rows * columns.count <= FEW_ENTRIES) {
        const all = Int32Array.from({ length: columns.count }, (_, unit) => unit);
        table.isComplete = this.keepAll(columns, all, table.places);
      }
    }
    return table.isComplete || this.keepAll(columns, units, table.places) ? table.places : null;
  }

  private keepAll(columns: Columns, units: Int32Array, places: Int32Array): boolean {
    for (let e = 0; e < units.length; e++) {
      const unit = units[e]!;
      if (places[unit] === UNKNOWN) places[unit] = this.keep(columns, unit);
      if (places[unit] === UNKNOWN) return false;
    }
    return true;
  }

  private keep(columns: Columns, unit: number): number {
    const { matrix, count } = columns;
    if (matrix !== null && isFull(matrix, unit, count)) return this.keepFull(matrix, unit, count);
    const column = columns.at(unit);
    if (column === null) return NOTHING;
    const { indices, values, largest } = column;
    const place = this.memory.keep(16 + 12 * values.length);
    if (place < 0) return UNKNOWN;
    const { buffer } = this.memory.memory;
    new Int32Array(buffer, place, 1)[0] = values.length;
    new Float64Array(buffer, place + 8, 1)[0] = largest;
    new Float64Array(buffer, place + 16, values.length).set(values);
    new Int32Array(buffer, place + 16 + 8 * values.length, indices.length).set(indices);
    return place;
  }

  private keepFull(matrix: Float64Array, unit: number, count: number): number {
    const rows = matrix.length / count;
    const place = this.memory.keep(16 + 8 * rows);
    if (place < 0) return UNKNOWN;
    const { buffer } = this.memory.memory;
    new Int32Array(buffer, place, 1)[0] = rows;
    new Float64Array(buffer, place + 8, 1)[0] = copyColumn(matrix, unit, count, new Float64Array(buffer, place + 16, rows));
    return place;
  }
}

function isFull(matrix: Float64Array, unit: number, count: number): boolean {
  for (let at = unit; at < matrix.length; at += count) if (matrix[at] === 0) return false;
  return true;
}

/** Gives the largest |value|. */
function copyColumn(matrix: Float64Array, unit: number, count: number, values: Float64Array): number {
  let largest = 0;
  for (let row = 0, at = unit; row < values.length; row++, at += count) {
    const value = matrix[at]!;
    values[row] = value;
    if (value > largest) largest = value;
    else if (-value > largest) largest = -value;
  }
  return largest;
}
