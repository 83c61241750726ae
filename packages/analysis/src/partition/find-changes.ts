import { ROUNDOFF } from "@maso/core";
import { grown } from "./grown";
import type { VertexSigns } from "./vertex-signs";

/** Finds the units whose piece may change along a segment: those with a cut that is not strictly of one sign on it. */
export class ChangeFinder {
  /** Units found so far. */
  found = new Int32Array(256);
  count = 0;
  /** The zeros looked for last: of which cut, and between which parts of the segment it may be zero as far as floats tell. */
  private readonly cuts: Int32Array;
  private readonly least: Float64Array;
  private readonly most: Float64Array;
  /** Zeros by number: all of them, then those that were chosen. */
  private chosen: Int32Array;
  private readonly stamps: Int32Array;
  private stamp = 0;

  constructor(private readonly signs: VertexSigns) {
    const { count, rules } = signs.cuts;
    this.stamps = new Int32Array(rules.length);
    this.cuts = new Int32Array(count);
    this.least = new Float64Array(count);
    this.most = new Float64Array(count);
    this.chosen = new Int32Array(2 * count);
  }

  /** Adds the units between two vertices to `found` from the number on that it gives; −1 where there are more than `most`. */
  find(a: number, b: number, most: number): number {
    const { signs } = this;
    const start = this.begin();
    for (let w = 0; w < signs.words; w++) {
      for (let bits = signs.changing(a, b, w); bits !== 0; bits &= bits - 1) this.addUnits(w * 32 + 31 - Math.clz32(bits & -bits));
      if (this.count - start > most) return this.undo(start);
    }
    return start;
  }

  /** Adds units that were found once more, from the number on that it gives. */
  repeat(start: number, end: number): number {
    const first = this.count;
    while (first + end - start > this.found.length) this.found = grown(this.found);
    for (let i = start; i < end; i++) this.found[this.count++] = this.found[i]!;
    return first;
  }

  /** The same as `find` for zeros that were chosen. */
  findAmong(first: number, end: number, most: number): number {
    const start = this.begin();
    for (let i = first; i < end; i++) this.addUnits(this.cuts[this.chosen[i]!]!);
    return this.count - start > most ? this.undo(start) : start;
  }

  /** Looks for the cuts that are not strictly of one sign on the segment between two vertices; gives how many there are. */
  zerosBetween(a: number, b: number): number {
    const { signs } = this;
    const { values } = signs;
    let count = 0;
    for (let w = 0; w < signs.words; w++)
      for (let bits = signs.changing(a, b, w); bits !== 0; bits &= bits - 1) {
        const cut = w * 32 + 31 - Math.clz32(bits & -bits);
        values.evaluate(a, cut);
        const atA = values.value;
        const boundA = values.bound;
        values.evaluate(b, cut);
        const rise = values.value - atA;
        const doubt = Math.max(boundA, values.bound) + 4 * ROUNDOFF * (Math.abs(atA) + Math.abs(values.value));
        const at = -atA / rise;
        const around = (1.01 * doubt) / Math.abs(rise) + 8 * ROUNDOFF * Math.abs(at);
        this.cuts[count] = cut;
        this.least[count] = around < 1 ? at - around : -Infinity;
        this.most[count] = around < 1 ? at + around : Infinity;
        this.chosen[count] = count++;
      }
    return count;
  }

  /** Of the zeros chosen at [first, end) chooses those that may be between two parts of the segment: at [end, what it gives). */
  choose(first: number, end: number, from: number, to: number): number {
    if (2 * end - first > this.chosen.length) this.chosen = grown(this.chosen, 2 * end - first);
    const { chosen, least, most } = this;
    let next = end;
    for (let i = first; i < end; i++) {
      const zero = chosen[i]!;
      if (most[zero]! >= from && least[zero]! <= to) chosen[next++] = zero;
    }
    return next;
  }

  private begin(): number {
    this.stamp++;
    return this.count;
  }

  private undo(start: number): -1 {
    this.count = start;
    return -1;
  }

  private addUnits(cut: number): void {
    const readers = this.signs.cuts.readers[cut]!;
    for (let i = 0; i < readers.length; i++) {
      const unit = readers[i]!;
      if (this.stamps[unit] === this.stamp) continue;
      this.stamps[unit] = this.stamp;
      if (this.count === this.found.length) this.found = grown(this.found);
      this.found[this.count++] = unit;
    }
  }
}
