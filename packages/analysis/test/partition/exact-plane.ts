/** (a·s + b·t + c) · 2^e on the plane, exactly. */
export interface Form {
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
  readonly e: number;
}

/** a·s + b·t + c = 0; where it bounds something, that lies where the left side is positive. */
export type Line = Pick<Form, "a" | "b" | "c">;

/** (x / w, y / w), w > 0. */
export interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly w: bigint;
}

export const ZERO: Form = { a: 0n, b: 0n, c: 0n, e: 0 };
export const ONE: Form = { a: 0n, b: 0n, c: 1n, e: 0 };
export const S: Form = { a: 1n, b: 0n, c: 0n, e: 0 };
export const T: Form = { a: 0n, b: 1n, c: 0n, e: 0 };

/** Σ weight · form, exactly. */
export function combine(terms: Iterable<readonly [weight: number, form: Form]>): Form {
  const parts: { m: bigint; form: Form; e: number }[] = [];
  for (const [weight, form] of terms) {
    if (weight === 0 || isZero(form)) continue;
    const [m, e] = dyadic(weight);
    parts.push({ m, form, e: e + form.e });
  }
  if (parts.length === 0) return ZERO;
  const least = Math.min(...parts.map(({ e }) => e));
  let [a, b, c] = [0n, 0n, 0n];
  for (const { m, form, e } of parts) {
    const factor = m << BigInt(e - least);
    a += factor * form.a;
    b += factor * form.b;
    c += factor * form.c;
  }
  return { a, b, c, e: least };
}

export const minus = (f: Form, g: Form): Form =>
  combine([
    [1, f],
    [-1, g],
  ]);

export const isZero = ({ a, b, c }: Form): boolean => a === 0n && b === 0n && c === 0n;

/** A finite number as m · 2^e. */
export function dyadic(value: number): [m: bigint, e: number] {
  let e = 0;
  let m = value;
  for (; !Number.isInteger(m); e--) m *= 2;
  return [BigInt(m), e];
}

export function pointOf(s: number, t: number): Point {
  const [x, ex] = dyadic(s);
  const [y, ey] = dyadic(t);
  const e = Math.min(ex, ey, 0);
  return { x: x << BigInt(ex - e), y: y << BigInt(ey - e), w: 1n << BigInt(-e) };
}

/** The line from p to q, what lies on its left being positive. */
export function lineThrough(p: Point, q: Point): Line {
  return cross(p, q);
}

/** Where two lines that are not parallel meet. */
export function meet(f: Line, g: Line): Point {
  const { a: x, b: y, c: w } = cross({ x: f.a, y: f.b, w: f.c }, { x: g.a, y: g.b, w: g.c });
  return w < 0n ? { x: -x, y: -y, w: -w } : { x, y, w };
}

function cross(p: Point, q: Point): Line {
  return { a: p.y * q.w - p.w * q.y, b: p.w * q.x - p.x * q.w, c: p.x * q.y - p.y * q.x };
}

export function signAt({ a, b, c }: Line, { x, y, w }: Point): -1 | 0 | 1 {
  const value = a * x + b * y + c * w;
  return value > 0n ? 1 : value < 0n ? -1 : 0;
}

/** Twice the area of the triangle p, q, r: positive where they turn left. */
export function twiceArea(p: Point, q: Point, r: Point): Fraction {
  const { a, b, c } = lineThrough(p, q);
  return { n: a * r.x + b * r.y + c * r.w, d: p.w * q.w * r.w };
}

/** n / d, d > 0. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const plus = (p: Fraction, q: Fraction): Fraction => ({ n: p.n * q.d + q.n * p.d, d: p.d * q.d });

export const sameFraction = (p: Fraction, q: Fraction): boolean => p.n * q.d === q.n * p.d;

/** n / d in lowest terms. */
export function reduced({ n, d }: Fraction): Fraction {
  let [p, q] = [n < 0n ? -n : n, d];
  while (q !== 0n) [p, q] = [q, p % q];
  return { n: n / p, d: d / p };
}

/** The float nearest to n / d, to one unit in its last place. */
export function toNumber({ n, d }: Fraction): number {
  const shift = Math.max(0, 70 + bits(d) - bits(n));
  return scaled(Number((n << BigInt(shift)) / d), -shift);
}

/** m · 2^e, to one unit in its last place, however large m is. */
export function dyadicToNumber(m: bigint, e: number): number {
  const excess = Math.max(0, bits(m) - 70);
  return scaled(Number(m >> BigInt(excess)), e + excess);
}

/** In two steps, since 2^e by itself may be too small or large for a float. */
function scaled(value: number, e: number): number {
  const half = Math.trunc(e / 2);
  return value * 2 ** half * 2 ** (e - half);
}

function bits(value: bigint): number {
  return (value < 0n ? -value : value).toString(16).length * 4;
}
