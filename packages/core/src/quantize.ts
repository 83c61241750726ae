import { type Choice, choiceArray } from "./choice";
import type { Quantizer } from "./operator";
import { quantizeHardScalars, quantizeHardValues } from "./quantize-hard";
import { pieceExists } from "./quantizer";
import type { Rows } from "./shape";
import { type Units, unitsOf } from "./units";

/** What the units of a quantizer do at some inputs. */
export interface Quantized {
  /** [rows, units]. */
  readonly values: Rows;
  /** The argmax of the selectors, ties to the lowest index; [rows, units]. */
  readonly choice: Choice;
  /** The share of each piece, [rows, units, R]; null where all units are hard. */
  readonly weights: Float64Array | null;
}

/** Runs the quantizer on joined inputs, [rows, inputSize]. */
export function quantize(quantizer: Quantizer, v: Rows): Quantized {
  const units = unitsOf(quantizer);
  if (isHard(quantizer)) {
    if (units.reads === null && units.table !== null) return quantizeHardScalars(units, units.table, v);
    if (units.reads !== null && units.table === null && units.selectors === null) return quantizeHardValues(units, units.reads, v);
  }
  return quantizeAny(quantizer, v);
}

/** Every kind of unit, hard and soft, by the definition: the oracle of the two faster loops. */
export function quantizeAny(quantizer: Quantizer, v: Rows): Quantized {
  const units = unitsOf(quantizer);
  const { count, pieces, inputSize } = units;
  const rows = v.length / inputSize;
  const values = new Float64Array(rows * count);
  const choice = choiceArray(pieces, rows * count);
  const weights = isHard(quantizer) ? null : new Float64Array(rows * count * pieces);
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
        softArgmax(s, best, inverseTemperature(quantizer.beta, k), t);
        values[at] = mean(t, z);
      }
    }
  }
  return { values, choice, weights };
}

/** η = β/(1−β) of unit k; infinite for a hard unit. */
export function inverseTemperature(beta: Quantizer["beta"], k: number): number {
  const value = typeof beta === "number" ? beta : beta[k % beta.length]!;
  return value / (1 - value);
}

/** Every unit uses one piece only. */
export function isHard({ beta }: Quantizer): boolean {
  return typeof beta === "number" ? beta === 1 : beta.every((value) => value === 1);
}

/** Pieces z and selectors s of unit k at the row that starts at v[base]; a piece that does not exist gets s = −∞, z = 0. */
export function evaluateUnit(units: Units, v: Rows, base: number, k: number, z: Float64Array, s: Float64Array): void {
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
