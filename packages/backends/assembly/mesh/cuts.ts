import { int, larger, ROUNDOFF, real, setInt, setReal } from "../numbers";
import { settle } from "./caller";
import {
  base,
  cuts,
  errors,
  faceHalf,
  given,
  least,
  most,
  negative,
  next,
  off,
  origin,
  part,
  place,
  positive,
  rounded,
  rows,
  stamp,
  words,
} from "./memory";

/** Rounding of the few operations that a bound is made by. */
export const UP: f64 = 1 + 16 * ROUNDOFF;
/** 2^-900. */
const TINY: f64 = 1.1830521861667747e-271;

/** Of the cut and vertex that were evaluated last. */
export let value: f64 = 0;
export let bound: f64 = 0;
/** Of the cut whose slope was asked for last. */
export let leastSlope: f64 = 0;
export let mostSlope: f64 = 0;

let cornerP: i32 = 0;
let cornerQ: i32 = 0;
let cornerR: i32 = 0;
let faceStamp: i32 = 0;
let faceAtHand: i32 = 0;

/** Sets value and bound to those of a cut at a vertex: cut c is input c. */
export function evaluate(v: i32, c: i32): void {
  if (v < given) {
    value = real(rows, v * cuts + c);
    bound = real(errors, v);
    return;
  }
  evaluate(int(base, 2 * v), c);
  const a = value;
  const boundA = bound;
  evaluate(int(base, 2 * v + 1), c);
  const b = value;
  value = a + real(part, v) * (b - a);
  bound = larger(boundA, bound) + 4 * ROUNDOFF * (abs(a) + abs(b));
}

/** Says which face slopes are asked about from now on. It is whole. */
export function enterFace(f: i32): void {
  faceStamp++;
  faceAtHand = f;
  const first = int(faceHalf, f);
  const p = int(origin, first);
  const s = real(place, 2 * p);
  const t = real(place, 2 * p + 1);
  let q = p;
  let farthest: f64 = -1;
  for (let h = int(next, first); h !== first; h = int(next, h)) {
    const v = int(origin, h);
    const ds = real(place, 2 * v) - s;
    const dt = real(place, 2 * v + 1) - t;
    const distance = ds * ds + dt * dt;
    if (distance > farthest) {
      q = v;
      farthest = distance;
    }
  }
  let r = p;
  farthest = -1;
  const us = real(place, 2 * q) - s;
  const ut = real(place, 2 * q + 1) - t;
  for (let h = int(next, first); h !== first; h = int(next, h)) {
    const v = int(origin, h);
    const area = abs(us * (real(place, 2 * v + 1) - t) - ut * (real(place, 2 * v) - s));
    if (area > farthest) {
      r = v;
      farthest = area;
    }
  }
  cornerP = p;
  cornerQ = q;
  cornerR = r;
}

/** Sets both slopes to bounds on the slope of a cut on the face at hand, from its values at three corners that are far apart. */
export function slope(c: i32): void {
  if (int(stamp, c) !== faceStamp) measure(c);
  leastSlope = real(least, c);
  mostSlope = real(most, c);
}

function measure(c: i32): void {
  const p = cornerP;
  const q = cornerQ;
  const r = cornerR;
  const keptValue = value;
  const keptBound = bound;
  evaluate(p, c);
  const atP = value;
  const boundP = bound;
  evaluate(q, c);
  const du = value - atP;
  const doubtU = boundP + bound;
  evaluate(r, c);
  const dv = value - atP;
  const doubtV = boundP + bound;
  value = keptValue;
  bound = keptBound;
  const us = real(place, 2 * q) - real(place, 2 * p);
  const ut = real(place, 2 * q + 1) - real(place, 2 * p + 1);
  const vs = real(place, 2 * r) - real(place, 2 * p);
  const vt = real(place, 2 * r + 1) - real(place, 2 * p + 1);
  const u = abs(us) + abs(ut);
  const v = abs(vs) + abs(vt);
  const moved = 2 * larger(larger(real(rounded, p), real(rounded, q)), real(rounded, r)) + 2 * ROUNDOFF * (u + v);
  const area = abs(us * vt - ut * vs);
  const areaDoubt = moved * (u + v + 2 * moved) + 8 * ROUNDOFF * u * v;
  const x = du * vt - dv * ut;
  const y = dv * us - du * vs;
  const squares = x * x + y * y;
  // Squares of what is very small or large are not to be trusted.
  const isFair = squares > TINY && squares < Infinity;
  const low = isFair ? sqrt(squares) : larger(abs(x), abs(y));
  const high = isFair ? sqrt(squares) : abs(x) + abs(y);
  const du1 = abs(du);
  const dv1 = abs(dv);
  const doubt = doubtU * (v + moved) + doubtV * (u + moved) + (du1 + dv1) * 2 * moved + 16 * ROUNDOFF * (du1 * v + dv1 * u);
  setInt(stamp, c, faceStamp);
  setReal(least, c, larger(0, low - doubt) / (area + areaDoubt));
  setReal(most, c, area > areaDoubt ? ((high + doubt) / (area - areaDoubt)) * (1 + 8 * ROUNDOFF) : Infinity);
}

/** The sign of a cut at a vertex; 0 where it was made, and on its line alone. */
export function sign(v: i32, c: i32): i32 {
  const at = v * words + (c >> 5);
  const bit = 1 << (c & 31);
  const p = int(positive, at);
  const n = int(negative, at);
  if ((p & n & bit) === 0) return (p & bit) !== 0 ? 1 : (n & bit) !== 0 ? -1 : 0;
  evaluate(v, c);
  const away = real(off, v);
  let doubt = bound;
  if (away > 0) {
    slope(c);
    doubt += away * mostSlope;
  }
  if (value > doubt) {
    setInt(negative, at, n & ~bit);
    return 1;
  }
  if (value < -doubt) {
    setInt(positive, at, p & ~bit);
    return -1;
  }
  const exact = settle(v, c, faceAtHand);
  if (exact <= 0) setInt(positive, at, p & ~bit);
  if (exact >= 0) setInt(negative, at, n & ~bit);
  return exact;
}
