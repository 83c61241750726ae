import { type Compute, type Quantizer, quantize, unitsOf } from "@maso/core";

/**
 * The outputs of a hard quantizer for rows of its joined inputs, each within 12 u (steepest slope · |input| + largest offset) of the true
 * one; where all units are one convex function of two pieces they replace the inputs.
 */
export function applyUnits(quantizer: Quantizer, inputs: Float64Array, compute: Compute): Float64Array {
  const { reads, arity, pieces, table, selectors } = unitsOf(quantizer);
  if (reads !== null || arity !== 1 || table === null || selectors !== table || pieces !== 2 || table.rows !== 1)
    return quantize(quantizer, inputs, { compute }).values;
  // max(a, b) = (a + b) / 2 + |b − a| / 2 has no branch to be mispredicted, which takes six times as long.
  const [slopeA, slopeB] = table.slopes as unknown as readonly [number, number];
  const [offsetA, offsetB] = table.offsets as unknown as readonly [number, number];
  const [slope, bend] = [(slopeA + slopeB) / 2, (slopeB - slopeA) / 2];
  const [offset, kink] = [(offsetA + offsetB) / 2, (offsetB - offsetA) / 2];
  for (let i = 0; i < inputs.length; i++) {
    const x = inputs[i]!;
    inputs[i] = slope * x + offset + Math.abs(bend * x + kink);
  }
  return inputs;
}
