import { inverseTemperature } from "./beta";
import { roundingBound } from "./bounds";
import type { Intervals } from "./interval";
import type { AffineTable, Quantizer } from "./operator";
import { pieceExists } from "./quantizer";
import { type Units, unitsOf } from "./units";

type Range = readonly [low: number, high: number];

/** Bounds on every unit's output over boxes of joined inputs, rounding included. */
export function unitIntervals(quantizer: Quantizer, box: Intervals): Intervals {
  const units = unitsOf(quantizer);
  const length = (box.lower.length / units.inputSize) * units.count;
  const lower = new Float64Array(length);
  const upper = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    const k = at % units.count;
    const hard = inverseTemperature(quantizer.beta, k) === Infinity;
    [lower[at], upper[at]] = unitInterval(units, box, ((at - k) / units.count) * units.inputSize, k, hard);
  }
  return { lower, upper };
}

function unitInterval(units: Units, box: Intervals, base: number, k: number, hard: boolean): Range {
  const existing = Array.from({ length: units.pieces }, (_, r) => r).filter((r) => pieceExists(units, k, r));
  const read = (i: number): Range => {
    const index = units.reads === null ? k : units.reads[k * units.arity + i]!;
    return index < 0 ? [0, 0] : [box.lower[base + index]!, box.upper[base + index]!];
  };
  const z = (r: number, of = read): Range => (units.table === null ? of(r) : tableRange(units.table, k, r, of));
  if (!hard) return hull(existing.map((r) => z(r)));
  const s = (r: number): Range => {
    if (units.selectors !== null) return tableRange(units.selectors, k, r, read);
    const [low, high] = z(r);
    return units.selectorSign === 1 ? [low, high] : [-high, -low];
  };
  const best = Math.max(...existing.map((r) => s(r)[0]));
  const possible = existing.filter((r) => s(r)[1] >= best);
  if (units.arity > 1 || units.table === null)
    return clipToEnvelope(
      units,
      possible.map((r) => z(r)),
    );
  return hull(
    possible.flatMap((r) => {
      const active = activeRange(units.selectors ?? units.table!, k, r, read(0));
      return active === null ? [] : [z(r, () => active)];
    }),
  );
}

/** A maximum is at least every piece, a minimum at most. */
function clipToEnvelope({ table, selectors, selectorSign }: Units, ranges: readonly Range[]): Range {
  const [low, high] = hull(ranges);
  if (selectors === table && selectorSign === 1) return [Math.max(...ranges.map(([l]) => l)), high];
  if (selectors === null && selectorSign === -1) return [low, Math.min(...ranges.map(([, h]) => h))];
  return [low, high];
}

function hull(ranges: readonly Range[]): Range {
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/** The range of one affine function of a table, widened by its rounding. */
function tableRange({ rows, pieces, arity, slopes, offsets }: AffineTable, k: number, r: number, read: (i: number) => Range): Range {
  const at = (k % rows) * pieces + r;
  let low = offsets[at]!;
  let high = low;
  let size = Math.abs(low);
  for (let i = 0; i < arity; i++) {
    const slope = slopes[at * arity + i]!;
    if (slope === 0) continue;
    const [l, h] = read(i);
    low += slope > 0 ? slope * l : slope * h;
    high += slope > 0 ? slope * h : slope * l;
    size += Math.abs(slope) * Math.max(Math.abs(l), Math.abs(h));
  }
  const slack = 2 * roundingBound(arity + 2) * size;
  return [low - slack, high + slack];
}

/** Where in [low, high] the selector of piece r may be the largest, of units that read one value; null: nowhere. */
function activeRange({ rows, pieces, slopes, offsets }: AffineTable, k: number, r: number, [low, high]: Range): Range | null {
  const row = (k % rows) * pieces;
  let from = low;
  let to = high;
  for (let q = 0; q < pieces; q++) {
    const slope = slopes[row + r]! - slopes[row + q]!;
    const offset = offsets[row + r]! - offsets[row + q]!;
    if (slope === 0) continue;
    const tie = -offset / slope;
    const slack = 8 * roundingBound(4) * (Math.abs(tie) + (Math.abs(offsets[row + r]!) + Math.abs(offsets[row + q]!)) / Math.abs(slope));
    const steepness = (Math.abs(slopes[row + r]!) + Math.abs(slopes[row + q]!)) / Math.abs(slope);
    if (slope > 0) from = Math.max(from, tie - slack * steepness);
    else to = Math.min(to, tie + slack * steepness);
  }
  return from <= to ? [from, to] : null;
}
