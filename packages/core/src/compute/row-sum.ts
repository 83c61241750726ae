import type { SparseVector } from "../sparse-vector";

/** Writes rows: the row between two others, and multiples of columns added to it. Full columns are added two at a time, the first ones at once. */
export class RowSum {
  private a = 0;
  private b = 0;
  private part = 0;
  private at = 0;
  private isBegun = false;
  private waiting: Float64Array | null = null;
  private factor = 0;

  constructor(
    private readonly rows: Float64Array,
    private readonly size: number,
  ) {}

  /** The next row is between those at a and b. */
  begin(a: number, b: number, part: number, at: number): void {
    this.a = a;
    this.b = b;
    this.part = part;
    this.at = at;
    this.isBegun = false;
  }

  add({ indices, values }: SparseVector, factor: number): void {
    if (values.length < this.size) {
      this.lerp();
      for (let e = 0; e < values.length; e++) this.rows[this.at + indices[e]!]! += factor * values[e]!;
    } else if (this.waiting === null) {
      this.waiting = values;
      this.factor = factor;
    } else {
      this.addTwo(this.waiting, this.factor, values, factor);
      this.waiting = null;
    }
  }

  end(): void {
    const { rows, at, size, waiting, factor } = this;
    this.lerp();
    if (waiting !== null) for (let k = 0; k < size; k++) rows[at + k]! += factor * waiting[k]!;
    this.waiting = null;
  }

  private lerp(): void {
    if (this.isBegun) return;
    this.isBegun = true;
    const { rows, a, b, part, at, size } = this;
    for (let k = 0; k < size; k++) {
      const from = rows[a + k]!;
      rows[at + k] = from + part * (rows[b + k]! - from);
    }
  }

  private addTwo(first: Float64Array, f: number, second: Float64Array, g: number): void {
    const { rows, a, b, part, at, size } = this;
    if (this.isBegun) for (let k = 0; k < size; k++) rows[at + k]! += f * first[k]! + g * second[k]!;
    else
      for (let k = 0; k < size; k++) {
        const from = rows[a + k]!;
        rows[at + k] = from + part * (rows[b + k]! - from) + (f * first[k]! + g * second[k]!);
      }
    this.isBegun = true;
  }
}
