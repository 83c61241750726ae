import { grown } from "./grown";
import type { VertexSigns } from "./vertex-signs";

/** Which vertices of a cut mesh are computed, in order, and how. */
export interface AdvancePlan {
  /** The wanted vertices and those that they are placed by, ascending. */
  readonly order: Int32Array;
  /** By vertex: its row in the result, the wanted ones first; −1: it is not needed. */
  readonly slots: Int32Array;
  /** Vertices that need whole products, in order. */
  readonly whole: Int32Array;
  /** Units whose piece may change along the segment of order[i]: changing[start[i] ... start[i + 1] − 1]; start[i] < 0 where it is whole. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly changing: Int32Array;
}

/** Given vertices are whole, and so are those on whose segment more than `most` units change. */
export function planAdvance(signs: VertexSigns, wanted: Int32Array, most: number): AdvancePlan {
  const { mesh, given } = signs;
  const { base } = mesh;
  const isNeeded = new Uint8Array(mesh.vertices);
  const first = new Int32Array(mesh.vertices).fill(-1);
  const last = new Int32Array(mesh.vertices);
  const finder = new ChangeFinder(signs);
  let needed = 0;
  for (let i = 0; i < wanted.length; i++) isNeeded[wanted[i]!] = 1;
  // Vertices come after those that they are placed by.
  for (let v = mesh.vertices - 1; v >= 0; v--) {
    if (isNeeded[v] === 0) continue;
    needed++;
    if (v < given || signs.rows.kept(v) !== null) continue;
    const start = finder.find(base[2 * v]!, base[2 * v + 1]!, most);
    if (start < 0) continue;
    first[v] = start;
    last[v] = finder.count;
    isNeeded[base[2 * v]!] = 1;
    isNeeded[base[2 * v + 1]!] = 1;
  }
  const order = new Int32Array(needed);
  const slots = new Int32Array(mesh.vertices).fill(-1);
  const whole = new Int32Array(needed);
  let [next, more, products] = [0, wanted.length, 0];
  for (let i = 0; i < wanted.length; i++) slots[wanted[i]!] = i;
  for (let v = 0; v < mesh.vertices; v++) {
    if (isNeeded[v] === 0) continue;
    if (first[v]! < 0) whole[products++] = v;
    if (slots[v]! < 0) slots[v] = more++;
    order[next++] = v;
  }
  return {
    order,
    slots,
    whole: whole.subarray(0, products),
    start: order.map((v) => first[v]!),
    end: order.map((v) => last[v]!),
    changing: finder.found,
  };
}

/** Finds the units whose piece may change along a segment: those with a cut that is not strictly of one sign at both ends. */
class ChangeFinder {
  found = new Int32Array(256);
  count = 0;
  private readonly stamps: Int32Array;
  private stamp = 0;

  constructor(private readonly signs: VertexSigns) {
    this.stamps = new Int32Array(signs.cuts.rules.length);
  }

  /** Adds the units to `found` from the number on that it gives; −1 where there are more than `most`. */
  find(a: number, b: number, most: number): number {
    const { signs } = this;
    const { words, cuts } = signs;
    const start = this.count;
    this.stamp++;
    for (let w = 0; w < words; w++) {
      for (let bits = signs.changing(a, b, w); bits !== 0; bits &= bits - 1) {
        const readers = cuts.readers[w * 32 + 31 - Math.clz32(bits & -bits)]!;
        for (let i = 0; i < readers.length; i++) {
          const unit = readers[i]!;
          if (this.stamps[unit] === this.stamp) continue;
          this.stamps[unit] = this.stamp;
          if (this.count === this.found.length) this.found = grown(this.found);
          this.found[this.count++] = unit;
        }
      }
      if (this.count - start > most) {
        this.count = start;
        return -1;
      }
    }
    return start;
  }
}
