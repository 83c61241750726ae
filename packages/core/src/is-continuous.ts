import { inverseTemperature } from "./beta";
import { ROUNDOFF } from "./bounds";
import type { Network } from "./network";
import type { AffineTable, Operator } from "./operator";
import { unitsOf } from "./units";

/**
 * The map has no jumps, derived from the data: hard pieces r and s agree wherever their selectors tie for the largest.
 * Where that cannot be shown (several values read, a tie that may never win) the answer is false.
 * Numbers agree up to the rounding of the table's own entries.
 */
export function isContinuous(subject: Network | Operator): boolean {
  if ("nodes" in subject) return subject.nodes.every(({ op }) => isContinuous(op));
  if (subject.type === "affine") return true;
  const units = unitsOf(subject);
  const { table, selectors, arity } = units;
  if (selectors === null || selectors === table || subject.selectors === "-pieces") return true;
  const pieces = table ?? valueTable(arity);
  const period = leastCommonMultiple(
    [pieces.rows, selectors.rows, typeof subject.beta === "number" ? 1 : subject.beta.length],
    units.count,
  );
  for (let k = 0; k < period; k++)
    if (inverseTemperature(subject.beta, k) === Infinity && !rowIsContinuous(pieces, k % pieces.rows, selectors, k % selectors.rows))
      return false;
  return true;
}

function valueTable(arity: number): AffineTable {
  const slopes = new Float64Array(arity * arity);
  for (let r = 0; r < arity; r++) slopes[r * arity + r] = 1;
  return { rows: 1, pieces: arity, arity, slopes, offsets: new Float64Array(arity) };
}

function leastCommonMultiple(periods: readonly number[], atMost: number): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  return Math.min(
    atMost,
    periods.reduce((a, b) => (a / gcd(a, b)) * b),
  );
}

/** The coefficients (slopes, then offset) of one piece or selector. */
function coefficients(table: AffineTable, row: number, r: number): number[] {
  const at = row * table.pieces + r;
  return [...table.slopes.subarray(at * table.arity, (at + 1) * table.arity), table.offsets[at]!];
}

function rowIsContinuous(pieces: AffineTable, pieceRow: number, selectors: AffineTable, selectorRow: number): boolean {
  const z = Array.from({ length: pieces.pieces }, (_, r) => coefficients(pieces, pieceRow, r));
  const s = Array.from({ length: pieces.pieces }, (_, r) => coefficients(selectors, selectorRow, r));
  for (let r = 0; r < z.length; r++)
    for (let q = r + 1; q < z.length; q++)
      if (!agreeWhereTied(z[r]!, z[q]!, s[r]!, s[q]!) && !(pieces.arity === 1 && tieNeverWins(s, r, q))) return false;
  return true;
}

/** z_r − z_q is a multiple of s_r − s_q (both as affine functions): all 2 × 2 minors vanish. */
function agreeWhereTied(zr: number[], zq: number[], sr: number[], sq: number[]): boolean {
  for (let i = 0; i < zr.length; i++)
    for (let j = 0; j < zr.length; j++) {
      const minor = (zr[i]! - zq[i]!) * (sr[j]! - sq[j]!) - (zr[j]! - zq[j]!) * (sr[i]! - sq[i]!);
      const size = span(zr[i]!, zq[i]!) * span(sr[j]!, sq[j]!) + span(zr[j]!, zq[j]!) * span(sr[i]!, sq[i]!);
      if (Math.abs(minor) > 8 * ROUNDOFF * size) return false;
    }
  return true;
}

const span = (a: number, b: number): number => Math.abs(a) + Math.abs(b);

/** Of units that read one value: where s_r = s_q, a third selector is larger, or the two never tie. */
function tieNeverWins(s: number[][], r: number, q: number): boolean {
  const slope = s[r]![0]! - s[q]![0]!;
  if (slope === 0) return true;
  const x = (s[q]![1]! - s[r]![1]!) / slope;
  const at = (p: number): number => s[p]![0]! * x + s[p]![1]!;
  const doubt = (p: number): number =>
    8 * ROUNDOFF * (Math.abs(s[p]![0]! * x) + Math.abs(s[p]![1]!) + Math.abs(s[r]![0]! * x) + Math.abs(s[r]![1]!));
  return s.some((_, p) => p !== r && p !== q && at(p) - at(r) > doubt(p));
}
