import { type Compute, type Quantizer, quantize, roundingBound, unitsOf } from "@maso/core";
import { lengthOf } from "./operator-norms";

/**
 * The outputs of a hard quantizer for rows of its joined inputs, each within 12 u (steepest slope · |input| + largest offset) of the true
 * one; where all units are one convex function of two pieces they replace the inputs. `lengths` gets bounds on the Euclidean lengths of the
 * rows.
 */
export function applyUnits(quantizer: Quantizer, inputs: Float64Array, compute: Compute, lengths: Float64Array): Float64Array {
  const { count, reads, arity, pieces, table, selectors } = unitsOf(quantizer);
  const up = 1 + roundingBound(count + 2);
  if (reads !== null || arity !== 1 || table === null || selectors !== table || pieces !== 2 || table.rows !== 1) {
    const { values } = quantize(quantizer, inputs, { compute });
    for (let n = 0; n < lengths.length; n++) lengths[n] = lengthOf(values, n * count, count);
    return values;
  }
  // max(a, b) = (a + b) / 2 + |b − a| / 2 has no branch to be mispredicted, which takes six times as long.
  const [slopeA, slopeB] = table.slopes as unknown as readonly [number, number];
  const [offsetA, offsetB] = table.offsets as unknown as readonly [number, number];
  const [slope, bend] = [(slopeA + slopeB) / 2, (slopeB - slopeA) / 2];
  const [offset, kink] = [(offsetA + offsetB) / 2, (offsetB - offsetA) / 2];
  for (let n = 0; n < lengths.length; n++) {
    let square = 0;
    for (let i = n * count; i < (n + 1) * count; i++) {
      const x = inputs[i]!;
      const y = slope * x + offset + Math.abs(bend * x + kink);
      inputs[i] = y;
      square += y * y;
    }
    lengths[n] = Math.sqrt(square) * up;
  }
  return inputs;
}
