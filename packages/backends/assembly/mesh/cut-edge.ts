import { int, larger, ROUNDOFF, real, setInt, setReal } from "../numbers";
import { bound, evaluate, leastSlope, mostSlope, slope, UP, value } from "./cuts";
import {
  addVertex,
  cutEdge,
  DOUBT,
  edgeBase,
  edgeLine,
  leave,
  lineOff,
  negative,
  next,
  off,
  origin,
  place,
  positive,
  rounded,
  words,
} from "./memory";

/** Vertices that may be further off than this are not for floats. */
export let mostOff: f64 = 0;

export function setMostOff(most: f64): void {
  mostOff = most;
}

/** Cuts the edge of a half-edge, at whose ends a cut has opposite signs, where the cut is zero; gives the half-edge behind that vertex. */
export function cutAt(half: i32, c: i32, line: i32): i32 {
  const e = half >> 1;
  const u = int(origin, 2 * e);
  const w = int(origin, 2 * e + 1);
  const v = placeOn(e, c, line);
  inherit(v, u, w, c);
  cutEdge(e, v);
  return (half & 1) === 0 ? int(next, half) : half;
}

/** Notes that the line of a cut goes through a vertex that was there before. */
export function passes(v: i32, c: i32, line: i32): void {
  const away = real(off, v);
  if (away <= real(lineOff, line)) return;
  evaluate(v, c);
  slope(c);
  const aside = ((abs(value) + bound) / leastSlope) * UP;
  raiseOff(line, min(aside, away));
}

function raiseOff(line: i32, away: f64): void {
  if (away > real(lineOff, line)) setReal(lineOff, line, away);
}

/** The same numbers as EdgeCutter's of @maso/analysis, where they are explained. */
function placeOn(e: i32, c: i32, line: i32): i32 {
  const a = int(edgeBase, 2 * e);
  const b = int(edgeBase, 2 * e + 1);
  evaluate(a, c);
  const atA = value;
  const boundA = bound;
  evaluate(b, c);
  const atB = value;
  const boundB = bound;
  const share = atA / (atA - atB);
  const at = share > 0 ? min(share, 1) : 0;
  const ds = real(place, 2 * b) - real(place, 2 * a);
  const dt = real(place, 2 * b + 1) - real(place, 2 * a + 1);
  const s = real(place, 2 * a) + at * ds;
  const t = real(place, 2 * a + 1) + at * dt;
  const length = sqrt(ds * ds + dt * dt);
  const rounding = larger(real(rounded, a), real(rounded, b)) + 8 * ROUNDOFF * (abs(s) + abs(t) + length);
  const beside = real(lineOff, int(edgeLine, e));
  slope(c);
  const moved = beside === 0 ? 0 : mostSlope * beside;
  const rise = abs(atA - atB) - boundA - boundB - 2 * moved;
  const steepness = rise / ((length + 2 * rounding) * UP);
  const residual = abs(atA + at * (atB - atA)) + larger(boundA, boundB) + 8 * ROUNDOFF * (abs(atA) + abs(atB));
  const along = (residual + moved) / steepness;
  const away: f64 = steepness > 0 ? (beside + along) * UP : Infinity;
  if (!(away <= mostOff)) leave(DOUBT);
  const aside = (residual / larger(leastSlope, steepness)) * UP;
  raiseOff(line, min(aside, away));
  return addVertex(s, t, int(edgeLine, e), line, a, b, at, away, rounding);
}

/** Gives a new vertex the signs that the ends of its segment agree on; a cut is zero there. */
function inherit(v: i32, u: i32, w: i32, zero: i32): void {
  const at = v * words;
  for (let i = 0; i < words; i++) {
    setInt(positive, at + i, int(positive, u * words + i) | int(positive, w * words + i));
    setInt(negative, at + i, int(negative, u * words + i) | int(negative, w * words + i));
  }
  const word = at + (zero >> 5);
  const bit = 1 << (zero & 31);
  setInt(positive, word, int(positive, word) & ~bit);
  setInt(negative, word, int(negative, word) & ~bit);
}
