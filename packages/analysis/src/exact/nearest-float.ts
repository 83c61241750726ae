import { bitLength } from "./dyadic";

/** The float64 nearest to numerator / denominator · 2^exponent, ties to even, of a positive denominator: the exact value rounded once. */
export function nearestFloat(numerator: bigint, denominator: bigint, exponent = 0): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  const last = Math.max(floorLog2(size, denominator) + exponent - 52, -1074);
  const shift = BigInt(exponent - last);
  const rounded = shift > 0n ? roundedQuotient(size << shift, denominator) : roundedQuotient(size, denominator << -shift);
  const value = Number(rounded) * 2 ** last;
  return numerator < 0n ? -value : value;
}

/** The e with 2^e ≤ n / d < 2^(e + 1). */
function floorLog2(n: bigint, d: bigint): number {
  const e = bitLength(n) - bitLength(d);
  const reaches = e >= 0 ? n >= d << BigInt(e) : n << BigInt(-e) >= d;
  return reaches ? e : e - 1;
}

function roundedQuotient(n: bigint, d: bigint): bigint {
  const floor = n / d;
  const twiceRest = 2n * (n - floor * d);
  const up = twiceRest > d || (twiceRest === d && (floor & 1n) === 1n);
  return up ? floor + 1n : floor;
}
