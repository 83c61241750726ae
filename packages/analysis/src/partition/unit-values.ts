import { type AffineTable, type Quantizer, unitsOf } from "@maso/core";

/** Computes single units of a hard quantizer. */
export class UnitValues {
  readonly arity: number;
  private readonly units;
  /** Where each unit is the larger one of two functions of one value: those; else null. */
  readonly pairs: AffineTable | null;
  /** Which joined inputs units read, `arity` each; null where unit j reads input j. */
  readonly reads: Int32Array | null;

  constructor(quantizer: Quantizer) {
    this.units = unitsOf(quantizer);
    const { arity, reads, pieces, table, selectors } = this.units;
    this.arity = arity;
    this.reads = reads;
    this.pairs = arity === 1 && pieces === 2 && table === selectors ? table : null;
  }

  /** Which joined input is the i-th that a unit reads; −1: it does not exist. */
  input(unit: number, i: number): number {
    const { reads, arity } = this.units;
    return reads === null ? unit : reads[unit * arity + i]!;
  }

  /** The value of a unit for what it reads. */
  value(unit: number, read: Float64Array): number {
    const { pieces, reads, anyMissing, table, selectors, selectorSign } = this.units;
    let best = -Infinity;
    let value = 0;
    for (let r = 0; r < pieces; r++) {
      if (anyMissing && reads !== null && !this.exists(unit, r)) continue;
      const selector = selectors === null ? selectorSign * read[r]! : affine(selectors, unit, r, read);
      if (selector <= best) continue;
      best = selector;
      value = table === null ? read[r]! : table === selectors ? selector : affine(table, unit, r, read);
    }
    return value;
  }

  private exists(unit: number, r: number): boolean {
    const { reads, arity, pieces, table, selectors } = this.units;
    for (let i = 0; i < arity; i++) {
      if (reads![unit * arity + i]! >= 0) continue;
      for (const part of [table, selectors]) {
        if (part === null ? i === r : part.slopes[((unit % part.rows) * pieces + r) * arity + i] !== 0) return false;
      }
    }
    return true;
  }
}

/** The larger of the functions in a row of a table and in the next. */
export function largerOf(slopes: Float64Array, offsets: Float64Array, row: number, x: number): number {
  return Math.max(offsets[row]! + slopes[row]! * x, offsets[row + 1]! + slopes[row + 1]! * x);
}

function affine({ rows, pieces, arity, slopes, offsets }: AffineTable, unit: number, r: number, read: Float64Array): number {
  const row = (unit % rows) * pieces + r;
  let sum = offsets[row]!;
  for (let i = 0; i < arity; i++) sum += slopes[row * arity + i]! * read[i]!;
  return sum;
}
