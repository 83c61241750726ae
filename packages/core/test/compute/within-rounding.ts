import { expect } from "vitest";
import { roundingBound } from "../../src";

/**
 * Two sums of the same `terms` products in any two orders differ by at most 2·γ_terms·Σ|a||b|: each is within γ_terms·Σ|a||b| of the
 * truth (Higham 2002, §3.1). `magnitudes` holds Σ|a||b| as computed, so it is rounded too.
 */
export function expectWithinRounding(actual: Float64Array, expected: Float64Array, magnitudes: Float64Array, terms: number): void {
  expect(actual.length).toBe(expected.length);
  const gamma = 2 * roundingBound(terms) * (1 + 2 * roundingBound(terms + 1));
  for (let i = 0; i < actual.length; i++)
    if (!(Math.abs(actual[i] - expected[i]) <= gamma * magnitudes[i]))
      expect.fail(`value ${i}: ${actual[i]}, the oracle has ${expected[i]}`);
}
