import { grown } from "./grown";
import type { Zeros } from "./segment-zeros";
import type { VertexSigns } from "./vertex-signs";

/** Finds the units whose piece may change along a segment: those with a cut that is not strictly of one sign on it. */
export class ChangeFinder {
  /** Units found so far. */
  found = new Int32Array(256);
  count = 0;
  private zeros: Zeros = { cuts: this.found, least: new Float64Array(0), most: new Float64Array(0) };
  /** Zeros by number: all of them, then those that were chosen. */
  private chosen = new Int32Array(256);
  private readonly stamps: Int32Array;
  private stamp = 0;

  constructor(private readonly signs: VertexSigns) {
    this.stamps = new Int32Array(signs.cuts.rules.length);
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
    for (let i = first; i < end; i++) this.addUnits(this.zeros.cuts[this.chosen[i]!]!);
    return this.count - start > most ? this.undo(start) : start;
  }

  /** Chooses all zeros on the segment between two vertices; gives how many there are. */
  chooseBetween(a: number, b: number): number {
    this.zeros = this.signs.zeros.between(a, b);
    const { length } = this.zeros.cuts;
    if (length > this.chosen.length) this.chosen = grown(this.chosen, length);
    for (let i = 0; i < length; i++) this.chosen[i] = i;
    return length;
  }

  /** Of the zeros chosen at [first, end) chooses those that may be between two parts of the segment: at [end, what it gives). */
  choose(first: number, end: number, from: number, to: number): number {
    if (2 * end - first > this.chosen.length) this.chosen = grown(this.chosen, 2 * end - first);
    const { chosen } = this;
    const { least, most } = this.zeros;
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
