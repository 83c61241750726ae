import { ROUNDOFF } from "@maso/core";
import { grown } from "./grown";
import type { VertexSigns } from "./vertex-signs";

/** Finds the units whose piece may change along a segment: those with a cut that is not strictly of one sign on it. */
export class ChangeFinder {
  /** Units found so far. */
  found = new Int32Array(256);
  count = 0;
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

  /** The same for cuts that are zero on a part of a segment. */
  findAmong(zeros: readonly Zero[], most: number): number {
    const start = this.begin();
    for (const { cut } of zeros) this.addUnits(cut);
    return this.count - start > most ? this.undo(start) : start;
  }

  /** The cuts that are not strictly of one sign on the segment between two vertices. */
  zerosBetween(a: number, b: number): Zero[] {
    const { signs } = this;
    const { values } = signs;
    const zeros: Zero[] = [];
    for (let w = 0; w < signs.words; w++)
      for (let bits = signs.changing(a, b, w); bits !== 0; bits &= bits - 1) {
        const cut = w * 32 + 31 - Math.clz32(bits & -bits);
        values.evaluate(a, cut);
        const [atA, boundA] = [values.value, values.bound];
        values.evaluate(b, cut);
        const rise = values.value - atA;
        const doubt = Math.max(boundA, values.bound) + 4 * ROUNDOFF * (Math.abs(atA) + Math.abs(values.value));
        const at = -atA / rise;
        const around = (1.01 * doubt) / Math.abs(rise) + 8 * ROUNDOFF * Math.abs(at);
        zeros.push(around < 1 ? { cut, from: at - around, to: at + around } : { cut, from: -Infinity, to: Infinity });
      }
    return zeros;
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

/** At which parts of a segment a cut may be zero as far as floats tell. */
export interface Zero {
  readonly cut: number;
  readonly from: number;
  readonly to: number;
}
