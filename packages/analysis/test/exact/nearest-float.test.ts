import { random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { bitLength, lowestBit, wholeMultiple } from "../../src/exact/dyadic";
import { nearestFloat } from "../../src/exact/nearest-float";
import { fraction, isNearest, nextFloat, ofFloat } from "./fraction";

const notable = [0, 1, -1, 0.1, 3, 2 ** 53 - 1, 1e300, -1e300, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** -1022, nextFloat(2 ** -1022, -1)];

/** Whole numbers of all lengths up to some number of words. */
function whole(draw: ReturnType<typeof random>, words: number): bigint {
  let value = 0n;
  for (let i = draw.integer(words + 1); i >= 0; i--) value = (value << 53n) | BigInt(draw.integer(2 ** 53));
  return value >> BigInt(draw.integer(53));
}

describe("floats as whole numbers", () => {
  it.each(notable)("%d is odd · 2^e", (value) => {
    const e = lowestBit(value);
    if (value === 0) {
      expect([e, wholeMultiple(value, 5), wholeMultiple(value, -5)]).toEqual([Infinity, 0n, 0n]);
      return;
    }
    const odd = wholeMultiple(value, e);
    expect(odd & 1n).toBe(1n);
    expect(e >= 0 ? fraction(odd << BigInt(e)) : fraction(odd, 1n << BigInt(-e))).toEqual(ofFloat(value));
    expect(wholeMultiple(value, e - 100)).toBe(odd << 100n);
  });

  it("have the digits that they have", () => {
    for (let n = 1n; n < 200n; n++) expect(bitLength(n)).toBe(n.toString(2).length);
    for (let k = 0n; k < 1200n; k += 7n)
      expect([bitLength(1n << k), bitLength((1n << k) - 1n || 1n)]).toEqual([Number(k) + 1, Number(k) || 1]);
  });
});

describe("the nearest float", () => {
  it.each(notable)("of %d is itself, at any scale", (value) => {
    const { n, d } = ofFloat(value);
    for (const exponent of [0, 3, -3, 1500, -1500]) {
      const [up, down] = [1n << BigInt(Math.max(0, -exponent)), 1n << BigInt(Math.max(0, exponent))];
      expect(nearestFloat(7n * n * up, 7n * d * down, exponent)).toBe(value);
    }
  });

  it("is nearest, for ratios of all sizes", () => {
    const draw = random(1);
    for (let i = 0; i < 3000; i++) {
      const [n, d] = [whole(draw, 4) - (1n << BigInt(draw.integer(120))), whole(draw, 4) + 1n];
      const exponent = i % 2 === 0 ? 0 : draw.integer(2400) - 1200;
      const exact = exponent >= 0 ? fraction(n << BigInt(exponent), d) : fraction(n, d << BigInt(-exponent));
      const value = nearestFloat(n, d, exponent);
      if (!isNearest(value, exact)) expect.fail(`${n} / ${d} · 2^${exponent} gave ${value}`);
    }
  });

  it("takes the even one of two: halves of the last place, and just beside them, normal, subnormal and at the end", () => {
    const draw = random(2);
    for (let i = 0; i < 600; i++) {
      const base =
        i % 3 === 0 ? draw.integer(2 ** 53) * Number.MIN_VALUE : i % 3 === 1 ? draw.normal() : nextFloat(Number.MAX_VALUE, -(i % 2));
      const next = nextFloat(Math.abs(base), 1);
      const a = ofFloat(Math.abs(base));
      const b = Number.isFinite(next) ? ofFloat(next) : fraction(1n << 1024n);
      const middle = fraction(a.n * b.d + b.n * a.d, 2n * a.d * b.d);
      for (const off of [-1n, 0n, 1n]) {
        const exact = { n: (middle.n << 300n) + off, d: middle.d << 300n };
        expect(isNearest(nearestFloat(exact.n, exact.d), exact)).toBe(true);
      }
    }
  });

  it("of whole numbers is what the language says", () => {
    const draw = random(3);
    for (let i = 0; i < 500; i++) {
      const n = whole(draw, 3);
      expect(nearestFloat(n, 1n)).toBe(Number(n));
    }
    expect([nearestFloat(1n, 1n, 5000), nearestFloat(-1n, 1n, 5000), nearestFloat(1n, 1n, -5000)]).toEqual([Infinity, -Infinity, 0]);
  });
});
