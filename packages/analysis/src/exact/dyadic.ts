import { MasoError } from "@maso/core";

const bytes = new DataView(new ArrayBuffer(8));

/** The e of a finite x = odd · 2^e; Infinity of 0, which is a whole number at every scale. */
export function lowestBit(x: number): number {
  if (x === 0) return Infinity;
  bytes.setFloat64(0, x);
  const high = bytes.getUint32(0);
  const low = bytes.getUint32(4);
  const exponent = (high >>> 20) & 0x7ff;
  const first = Math.max(exponent, 1) - 1075;
  if (low !== 0) return first + trailingZeros(low);
  return first + 32 + trailingZeros((high & 0xfffff) | (exponent === 0 ? 0 : 0x100000));
}

const trailingZeros = (word: number): number => 31 - Math.clz32(word & -word);

/** The least lowestBit of some numbers: all of them are whole multiples of 2^e. Throws "non-finite". */
export function lowestBitOf(who: string, values: ArrayLike<number>): number {
  let lowest = Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) throw new MasoError("non-finite", `${who}: value ${i} is ${value}; it must be a finite number`);
    lowest = Math.min(lowest, lowestBit(value));
  }
  return lowest;
}

/** x · 2^-e of a finite x, where that is whole: e ≤ lowestBit(x). */
export function wholeMultiple(x: number, e: number): bigint {
  if (x === 0) return 0n;
  const whole = x / 2 ** e;
  if (Number.isFinite(whole)) return BigInt(whole);
  // Too large for a float, or 2^e too small for one.
  const lowest = lowestBit(x);
  return BigInt(x / 2 ** lowest) << BigInt(lowest - e);
}

/** Whole numbers divided by the largest power of two that divides all of them. */
export function withoutCommonTwos<T extends readonly bigint[]>(values: T): { readonly [I in keyof T]: bigint } {
  const bits = values.reduce((all, value) => all | value, 0n);
  const shift = bits === 0n ? 0n : BigInt(bitLength(bits & -bits) - 1);
  return values.map((value) => value >> shift) as unknown as { readonly [I in keyof T]: bigint };
}

/** The number of binary digits of n > 0. */
export function bitLength(n: bigint): number {
  const digits = n.toString(16);
  return 4 * digits.length - Math.clz32(Number.parseInt(digits[0]!, 16)) + 28;
}
