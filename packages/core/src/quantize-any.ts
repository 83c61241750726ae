import { inverseTemperature, isHard } from "./beta";
import { choiceArray, type Selection } from "./choice";
import type { Quantizer } from "./operator";
import { pieceExists } from "./quantizer";
import type { Rows } from "./shape";
import type { Units } from "./units";

/** What the units of a quantizer do at some inputs. */
export interface Quantized extends Selection {
  /** The share of each piece, [rows, units, R]; null where all units are hard. */
  readonly weights: Float64Array | null;
}

/** Every kind of unit, hard and soft, by the definition: the oracle of the faster loops. */
export function quantizeAny(units: Units, beta: Quantizer["beta"], v: Rows): Quantized {
  const { count, pieces, inputSize } = units;
  const rows = v.length / inputSize;
  const values = new Float64Array(rows * count);
  const choice = choiceArray(pieces, rows * count);
  const weights = isHard(beta) ? null : new Float64Array(rows * count * pieces);
  const z = new Float64Array(pieces);
  const s = new Float64Array(pieces);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let k = 0; k < count; k++, at++) {
      evaluateUnit(units, v, row * inputSize, k, z, s);
      const best = argmax(s);
      choice[at] = best;
      if (weights === null) {
        values[at] = z[best]!;
      } else {
        const t = weights.subarray(at * pieces, (at + 1) * pieces);
        softArgmax(s, best, inverseTemperature(beta, k), t);
        values[at] = mean(t, z);
      }
    }
  }
  return { values, choice, weights };
}

/** Pieces z and selectors s of unit k at the row that starts at v[base]; a piece that does not exist gets s = −∞, z = 0. */
function evaluateUnit(units: Units, v: Rows, base: number, k: number, z: Float64Array, s: Float64Array): void {
  const { pieces, arity, reads, anyMissing, table, selectors, selectorSign } = units;
  for (let r = 0; r < pieces; r++) {
    if (anyMissing && !pieceExists(units, k, r)) {
      z[r] = 0;
      s[r] = -Infinity;
      continue;
    }
    if (table === null) {
      z[r] = v[base + (reads === null ? k : reads[k * arity + r]!)]!;
    } else {
      const row = (k % table.rows) * pieces + r;
      z[r] = affine(table.slopes, row * arity, table.offsets[row]!, v, base, reads, k, arity);
    }
    if (selectors === null) {
      s[r] = selectorSign * z[r]!;
    } else if (selectors === table) {
      s[r] = z[r]!;
    } else {
      const row = (k % selectors.rows) * pieces + r;
      s[r] = affine(selectors.slopes, row * arity, selectors.offsets[row]!, v, base, reads, k, arity);
    }
  }
}

function affine(
  slopes: Float64Array,
  from: number,
  offset: number,
  v: Rows,
  base: number,
  reads: Int32Array | null,
  k: number,
  arity: number,
): number {
  if (reads === null) return slopes[from]! * v[base + k]! + offset;
  let sum = offset;
  for (let i = 0; i < arity; i++) {
    const index = reads[k * arity + i]!;
    if (index >= 0) sum += slopes[from + i]! * v[base + index]!;
  }
  return sum;
}

function argmax(s: Float64Array): number {
  let best = 0;
  for (let r = 1; r < s.length; r++) if (s[r]! > s[best]!) best = r;
  return best;
}

/** t = softmax(η s), one-hot where η is infinite. */
function softArgmax(s: Float64Array, best: number, eta: number, t: Float64Array): void {
  if (eta === Infinity) {
    t[best] = 1;
    return;
  }
  let total = 0;
  for (let r = 0; r < s.length; r++) {
    t[r] = s[r] === -Infinity ? 0 : Math.exp(eta * (s[r]! - s[best]!));
    total += t[r]!;
  }
  for (let r = 0; r < s.length; r++) t[r]! /= total;
}

function mean(t: Float64Array, z: Float64Array): number {
  let sum = 0;
  for (let r = 0; r < z.length; r++) sum += t[r]! * z[r]!;
  return sum;
}
