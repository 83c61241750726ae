import { inverseTemperature } from "./beta";
import type { Quantizer } from "./operator";
import type { Quantized } from "./quantize-any";
import type { Rows } from "./shape";
import { type Units, unitsOf } from "./units";

/**
 * The units of a quantizer made affine at each row of x: z_k = Σ_i slopes[k, i] · v[reads(k, i)] + offsets[k].
 * With the code frozen this is the local map; with the weights' own slopes added it is the derivative.
 */
export interface FrozenUnits {
  readonly count: number;
  readonly inputSize: number;
  /** How many values a frozen unit reads. */
  readonly width: number;
  /** [units, width] where `shared`, else [rows, units, width]; -1 reads nothing; null: unit k reads value k. */
  readonly reads: Int32Array | null;
  readonly shared: boolean;
  /** [rows, units, width]; null: all are 1. */
  readonly slopes: Float64Array | null;
  /** [rows, units]; null: all are 0. */
  readonly offsets: Float64Array | null;
}

/** The map that the code picks: z = Σ_r t_r (a_r·v + b_r) with the weights t held fixed. */
export function freezeCode(quantizer: Quantizer, { choice, weights }: Omit<Quantized, "values">): FrozenUnits {
  const units = unitsOf(quantizer);
  if (weights === null && units.table === null) return pickValues(units, choice);
  const rows = choice.length / units.count;
  const slopes = new Float64Array(choice.length * units.arity);
  const offsets = new Float64Array(choice.length);
  for (let row = 0, at = 0; row < rows; row++)
    for (let k = 0; k < units.count; k++, at++) {
      if (weights === null) {
        addPiece(units, k, choice[at]!, 1, slopes, offsets, at);
      } else {
        for (let r = 0; r < units.pieces; r++) {
          const weight = weights[at * units.pieces + r]!;
          if (weight !== 0) addPiece(units, k, r, weight, slopes, offsets, at);
        }
      }
    }
  return { count: units.count, inputSize: units.inputSize, width: units.arity, reads: units.reads, shared: true, slopes, offsets };
}

/** Hard units whose pieces are values: each reads one of them, with slope 1. */
function pickValues({ count, inputSize, arity, reads }: Units, choice: Quantized["choice"]): FrozenUnits {
  const picked = new Int32Array(choice.length);
  for (let at = 0; at < picked.length; at++) {
    const k = at % count;
    picked[at] = reads === null ? k : reads[k * arity + choice[at]!]!;
  }
  return { count, inputSize, width: 1, reads: picked, shared: false, slopes: null, offsets: null };
}

function addPiece(
  { table, pieces, arity }: Units,
  k: number,
  r: number,
  weight: number,
  slopes: Float64Array,
  offsets: Float64Array,
  at: number,
): void {
  if (table === null) {
    slopes[at * arity + r]! += weight;
    return;
  }
  const row = (k % table.rows) * pieces + r;
  for (let i = 0; i < arity; i++) slopes[at * arity + i]! += weight * table.slopes[row * arity + i]!;
  offsets[at]! += weight * table.offsets[row]!;
}

/**
 * The derivative at joined inputs v. Hard units: the local map. Soft units move their weights too:
 * ∂z = Σ_r t_r a_r + η Σ_r t_r (z_r − z̄) σ_r, with selector slopes σ and z̄ = Σ_r t_r z_r. It carries no offsets.
 */
export function freezeDerivative(quantizer: Quantizer, v: Rows, quantized: Quantized): FrozenUnits {
  const frozen = freezeCode(quantizer, quantized);
  if (quantized.weights !== null) addWeightSlopes(quantizer, v, quantized, frozen.slopes!);
  return { ...frozen, offsets: null };
}

function addWeightSlopes(quantizer: Quantizer, v: Rows, { values, weights }: Quantized, slopes: Float64Array): void {
  const units = unitsOf(quantizer);
  const { count, pieces, arity, inputSize, selectors, selectorSign } = units;
  for (let at = 0; at < values.length; at++) {
    const k = at % count;
    const eta = inverseTemperature(quantizer.beta, k);
    if (eta === Infinity || eta === 0) continue;
    const base = ((at - k) / count) * inputSize;
    for (let r = 0; r < pieces; r++) {
      const weight = weights![at * pieces + r]!;
      if (weight === 0) continue;
      const rate = eta * weight * (pieceValue(units, v, base, k, r) - values[at]!);
      if (selectors === null) {
        slopes[at * arity + r]! += rate * selectorSign;
      } else {
        const row = ((k % selectors.rows) * pieces + r) * arity;
        for (let i = 0; i < arity; i++) slopes[at * arity + i]! += rate * selectors.slopes[row + i]!;
      }
    }
  }
}

function pieceValue({ table, pieces, arity, reads }: Units, v: Rows, base: number, k: number, r: number): number {
  const read = (i: number): number => {
    const index = reads === null ? k : reads[k * arity + i]!;
    return index < 0 ? 0 : v[base + index]!;
  };
  if (table === null) return read(r);
  const row = (k % table.rows) * pieces + r;
  let value = table.offsets[row]!;
  for (let i = 0; i < arity; i++) value += table.slopes[row * arity + i]! * read(i);
  return value;
}

/** Frozen units applied to rows of values; a row of x serves `group` consecutive rows. */
export function applyFrozen(frozen: FrozenUnits, v: Rows, firstRow: number, group: number, withOffsets: boolean): Rows {
  const { count, inputSize, width, reads, shared, slopes, offsets } = frozen;
  const rows = v.length / inputSize;
  const result = new Float64Array(rows * count);
  for (let row = 0, at = 0; row < rows; row++) {
    const of = Math.floor((firstRow + row) / group) * count;
    const base = row * inputSize;
    const readsFrom = shared ? 0 : of;
    for (let k = 0; k < count; k++, at++) {
      let sum = withOffsets && offsets !== null ? offsets[of + k]! : 0;
      if (reads === null) sum += slopes![of + k]! * v[base + k]!;
      else
        for (let i = 0; i < width; i++) {
          const index = reads[(readsFrom + k) * width + i]!;
          if (index >= 0) sum += (slopes === null ? 1 : slopes[(of + k) * width + i]!) * v[base + index]!;
        }
      result[at] = sum;
    }
  }
  return result;
}

/** The adjoint of applyFrozen without offsets. */
export function applyFrozenAdjoint(frozen: FrozenUnits, u: Rows, firstRow: number, group: number): Rows {
  const { count, inputSize, width, reads, shared, slopes } = frozen;
  const rows = u.length / count;
  const result = new Float64Array(rows * inputSize);
  for (let row = 0, at = 0; row < rows; row++) {
    const of = Math.floor((firstRow + row) / group) * count;
    const base = row * inputSize;
    const readsFrom = shared ? 0 : of;
    for (let k = 0; k < count; k++, at++) {
      if (reads === null) result[base + k] = slopes![of + k]! * u[at]!;
      else
        for (let i = 0; i < width; i++) {
          const index = reads[(readsFrom + k) * width + i]!;
          if (index >= 0) result[base + index]! += (slopes === null ? 1 : slopes[(of + k) * width + i]!) * u[at]!;
        }
    }
  }
  return result;
}
