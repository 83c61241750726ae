import { wholes } from "./numbers-list";

/** Numbers for rows of whole numbers: equal rows have the same one, and a new row the next. */
export class RowNumbers {
  count = 0;
  /** The row that is asked about. */
  readonly row: Int32Array;
  private readonly rows = wholes();
  /** By hash, or behind it where that place is taken: the number of a row; −1: none. */
  private slots = new Int32Array(LEAST_SLOTS).fill(-1);

  constructor(width: number) {
    this.row = new Int32Array(width);
  }

  /** The number of `row`. */
  number(): number {
    const { row, rows, slots } = this;
    const slot = slotOf(row, 0, row.length, rows.data, slots);
    const known = slots[slot]!;
    if (known >= 0) return known;
    slots[slot] = this.count;
    rows.append(row);
    if (4 * ++this.count > 3 * slots.length) this.grow();
    return this.count - 1;
  }

  clear(): void {
    this.count = 0;
    this.rows.length = 0;
    this.slots.fill(-1);
  }

  private grow(): void {
    const width = this.row.length;
    const rows = this.rows.data;
    const slots = new Int32Array(2 * this.slots.length).fill(-1);
    for (let number = 0; number < this.count; number++) slots[slotOf(rows, number * width, width, rows, slots)] = number;
    this.slots = slots;
  }
}

/** A power of two. */
const LEAST_SLOTS = 2 ** 10;

/** Where a row of `from` is among the slots, or would be. */
function slotOf(from: Int32Array, at: number, width: number, rows: Int32Array, slots: Int32Array): number {
  let hash = 0;
  for (let i = 0; i < width; i++) {
    hash = Math.imul(hash ^ from[at + i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  const last = slots.length - 1;
  let slot = hash & last;
  while (slots[slot]! >= 0 && !isRow(from, at, width, rows, slots[slot]! * width)) slot = (slot + 1) & last;
  return slot;
}

function isRow(from: Int32Array, at: number, width: number, rows: Int32Array, other: number): boolean {
  for (let i = 0; i < width; i++) if (from[at + i] !== rows[other + i]) return false;
  return true;
}
