/** A rational number in the obvious way, for oracles: numerator / denominator, denominator > 0. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };

export function fraction(n: bigint, d = 1n): Fraction {
  const divisor = gcd(n < 0n ? -n : n, d < 0n ? -d : d);
  const sign = d < 0n ? -1n : 1n;
  return { n: (sign * n) / divisor, d: (sign * d) / divisor };
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** A finite float64, bit by bit. */
export function ofFloat(value: number): Fraction {
  let rest = value;
  let d = 1n;
  while (!Number.isInteger(rest)) {
    rest *= 2;
    d *= 2n;
  }
  return fraction(BigInt(rest), d);
}

export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
export const compare = (a: Fraction, b: Fraction): -1 | 0 | 1 => {
  const difference = a.n * b.d - b.n * a.d;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
};
const abs = (a: Fraction): Fraction => ({ n: a.n < 0n ? -a.n : a.n, d: a.d });

/** No float64 is nearer to the exact value, and of two as near, `value` is the even one; past the largest, infinity. */
export function isNearest(value: number, exact: Fraction): boolean {
  if (!Number.isFinite(value)) return compare(abs(exact), { n: (1n << 1024n) - (1n << 970n), d: 1n }) >= 0;
  if (value === 0 && exact.n === 0n) return true;
  const miss = abs(minus(ofFloat(value), exact));
  return [-1, 1].every((step) => {
    const neighbour = nextFloat(value, step);
    const theirs = Number.isFinite(neighbour) ? ofFloat(neighbour) : fraction(BigInt(Math.sign(neighbour)) << 1024n);
    const order = compare(miss, abs(minus(theirs, exact)));
    return order < 0 || (order === 0 && isEven(value));
  });
}

const bits = new DataView(new ArrayBuffer(8));

/** The next float64 above (step 1) or below (−1). */
export function nextFloat(value: number, step: number): number {
  if (value === 0) return step * Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + BigInt(value > 0 ? step : -step));
  return bits.getFloat64(0);
}

function isEven(value: number): boolean {
  bits.setFloat64(0, value);
  return (bits.getUint32(4) & 1) === 0;
}
