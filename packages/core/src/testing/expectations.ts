import { roundingBound } from "../bounds";
import { MasoError } from "../maso-error";

export type Numbers = Float64Array | Uint8Array | Uint32Array;

/** Throws unless all values are the same, signs of zero included; one NaN is as good as another. */
export function expectSame(what: string, actual: Numbers, expected: Numbers): void {
  if (actual.length !== expected.length) throw new Error(`${what}: ${actual.length} values; expected ${expected.length}`);
  for (let i = 0; i < actual.length; i++)
    if (!Object.is(actual[i], expected[i])) throw new Error(`${what}: value ${i} is ${actual[i]}; expected ${expected[i]}`);
}

/**
 * Two sums of the same `terms` products in any two orders differ by at most 2·γ_terms·Σ|a||b|: each is within γ_terms·Σ|a||b| of the
 * truth (Higham 2002, §3.1). `magnitudes` holds Σ|a||b| as computed, so it is rounded too.
 */
export function expectWithinRounding(
  what: string,
  actual: Float64Array,
  expected: Float64Array,
  magnitudes: Float64Array,
  terms: number,
): void {
  if (actual.length !== expected.length) throw new Error(`${what}: ${actual.length} values; expected ${expected.length}`);
  const gamma = 2 * roundingBound(terms) * (1 + 2 * roundingBound(terms + 1));
  for (let i = 0; i < actual.length; i++)
    if (!(Math.abs(actual[i] - expected[i]) <= gamma * magnitudes[i]))
      throw new Error(`${what}: value ${i} is ${actual[i]}, the oracle has ${expected[i]}`);
}

/** Throws unless the action throws a MasoError with this code. */
export function expectCode(code: MasoError["code"], action: () => unknown): void {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof MasoError) || thrown.code !== code) throw new Error(`expected a MasoError "${code}", got ${thrown}`);
}
