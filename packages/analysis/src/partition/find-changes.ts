import type { Cuts } from "./cuts";
import { grown } from "./grown";
import { changingCuts, type Zeros } from "./segment-zeros";
import type { VertexSigns } from "./vertex-signs";

/** The units that have each cut: units[start[c] ... start[c + 1] − 1]. */
interface Readers {
  readonly start: Int32Array;
  readonly units: Int32Array;
}

/** Finds the units whose piece may change along a segment: those with a cut that is not strictly of one sign on it. */
export class ChangeFinder {
  /** Units found so far. */
  found = new Int32Array(256);
  count = 0;
  private signs!: VertexSigns;
  private units = 0;
  private readers!: Readers;
  private readonly readersOf = new WeakMap<Cuts, Readers>();
  /** By unit: the last search that found it. */
  private stamps = new Int32Array(0);
  private stamp = 0;
  /** Cuts of the segment at hand. */
  private cuts = new Int32Array(0);
  private zeros!: Zeros;
  /** Zeros by number: all of them, then those that were chosen. */
  private chosen = new Int32Array(256);

  /** Forgets all, for another stage. */
  begin(signs: VertexSigns): void {
    const { cuts } = signs;
    const units = cuts.rules.length;
    let readers = this.readersOf.get(cuts);
    if (readers === undefined) {
      readers = flatReaders(cuts);
      this.readersOf.set(cuts, readers);
    }
    if (units > this.stamps.length) this.stamps = new Int32Array(units);
    if (cuts.count > this.cuts.length) this.cuts = new Int32Array(cuts.count);
    this.stamps.fill(0);
    this.stamp = 0;
    this.count = 0;
    this.signs = signs;
    this.units = units;
    this.readers = readers;
  }

  /** Adds the units between two vertices to `found` from the number on that it gives; −1 where there are more than `most`. */
  find(a: number, b: number, most: number): number {
    const { cuts } = this;
    return this.addUnits(cuts, changingCuts(this.signs, a, b, cuts), most);
  }

  /** Adds units that were found once more, from the number on that it gives. */
  repeat(start: number, end: number): number {
    const first = this.count;
    this.count += end - start;
    if (this.count > this.found.length) this.found = grown(this.found, this.count);
    this.found.copyWithin(first, start, end);
    return first;
  }

  /** The same as `find` for zeros that were chosen. */
  findAmong(first: number, end: number, most: number): number {
    const { cuts } = this;
    takeChosen(this.zeros.cuts, this.chosen, first, end, cuts);
    return this.addUnits(cuts, end - first, most);
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
    return chooseAmong(this.zeros.least, this.zeros.most, this.chosen, first, end, from, to);
  }

  /** Adds the units that have one of the first cuts of a list. */
  private addUnits(cuts: Int32Array, cutCount: number, most: number): number {
    const start = this.count;
    if (start + this.units > this.found.length) this.found = grown(this.found, start + this.units);
    const end = addReaders(cuts, cutCount, this.readers.start, this.readers.units, this.stamps, ++this.stamp, this.found, start);
    if (end - start > most) return -1;
    this.count = end;
    return start;
  }
}

/** Writes the units that have one of the first `count` cuts behind those found; gives where they end. */
function addReaders(
  cuts: Int32Array,
  count: number,
  start: Int32Array,
  units: Int32Array,
  stamps: Int32Array,
  stamp: number,
  found: Int32Array,
  from: number,
): number {
  let next = from;
  for (let i = 0; i < count; i++) {
    const cut = cuts[i]!;
    for (let r = start[cut]!; r < start[cut + 1]!; r++) {
      const unit = units[r]!;
      if (stamps[unit] === stamp) continue;
      stamps[unit] = stamp;
      found[next++] = unit;
    }
  }
  return next;
}

function takeChosen(all: Int32Array, chosen: Int32Array, first: number, end: number, cuts: Int32Array): void {
  for (let i = first; i < end; i++) cuts[i - first] = all[chosen[i]!]!;
}

function chooseAmong(
  least: Float64Array,
  most: Float64Array,
  chosen: Int32Array,
  first: number,
  end: number,
  from: number,
  to: number,
): number {
  let next = end;
  for (let i = first; i < end; i++) {
    const zero = chosen[i]!;
    if (most[zero]! >= from && least[zero]! <= to) chosen[next++] = zero;
  }
  return next;
}

function flatReaders({ count, readers }: Cuts): Readers {
  const start = new Int32Array(count + 1);
  for (let c = 0; c < count; c++) start[c + 1] = start[c]! + readers[c]!.length;
  return { start, units: Int32Array.from(readers.flat()) };
}
