import { type AffineTable, isHard, type Quantizer, unitsOf } from "@maso/core";

/** What TensorFlow.js's fused convolutions and matrix products can do at their end. */
export type Activation = { readonly name: "relu" } | { readonly name: "relu6" } | { readonly name: "leakyrelu"; readonly alpha: number };

/**
 * The code of an activation's value is that of what it was made of: the sign tells both pieces of (leaky) ReLU apart, and the value keeps it. Not
 * so where a slope is negative, nor at ReLU6's upper bound, where the value ties.
 */
export function keepsCode(activation: Activation): boolean {
  return activation.name === "relu" || (activation.name === "leakyrelu" && activation.alpha > 0);
}

/** The activation of TensorFlow.js that a quantizer's values are, read off its data; null where they are none. */
export function activationOf(quantizer: Quantizer): Activation | null {
  const { reads, table, selectors, arity } = unitsOf(quantizer);
  if (!isHard(quantizer.beta) || reads !== null || arity !== 1 || table === null || selectors === null) return null;
  if (table.rows !== 1 || selectors.rows !== 1) return null;
  if (matches(table, [0, 1, 0], [0, 0, 6]) && changesAt(selectors, [0, 6])) return { name: "relu6" };
  const alpha = table.slopes[0]!;
  if (!matches(table, [alpha, 1], [0, 0]) || !changesAt(selectors, [0])) return null;
  return alpha === 0 ? { name: "relu" } : { name: "leakyrelu", alpha };
}

function matches({ slopes, offsets }: AffineTable, toSlopes: readonly number[], toOffsets: readonly number[]): boolean {
  return slopes.length === toSlopes.length && toSlopes.every((slope, r) => slopes[r] === slope && offsets[r] === toOffsets[r]);
}

/** The largest selector is the first, then the second, ...: their slopes rise, and neighbours tie at these places, which rise too. */
function changesAt({ slopes, offsets }: AffineTable, places: readonly number[]): boolean {
  return places.every((x, r) => slopes[r]! < slopes[r + 1]! && slopes[r]! * x + offsets[r]! === slopes[r + 1]! * x + offsets[r + 1]!);
}
