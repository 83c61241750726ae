import { type Compute, type Quantizer, quantize, roundingBound, unitsOf } from "@maso/core";
import type { BentUnit, RowKernels } from "@maso/core/compute";
import { lengthOf } from "./operator-norms";

/**
 * The outputs of a hard quantizer for rows of its joined inputs, each within 12 u (steepest slope · |input| + largest offset) of the true
 * one; where all units are one convex function of two pieces they replace the inputs. `lengths` gets bounds on the Euclidean lengths of the
 * rows.
 */
export function applyUnits(
  quantizer: Quantizer,
  inputs: Float64Array,
  compute: Compute,
  kernels: RowKernels,
  lengths: Float64Array,
): Float64Array {
  const { count } = unitsOf(quantizer);
  const bent = bentUnit(quantizer);
  if (bent === null) {
    const values = isRectifiedPool(quantizer) ? rectifiedPool(quantizer, inputs) : quantize(quantizer, inputs, { compute }).values;
    for (let n = 0; n < lengths.length; n++) lengths[n] = lengthOf(values, n * count, count);
    return values;
  }
  kernels.bend(inputs, count, bent, lengths);
  const up = 1 + roundingBound(count + 2);
  for (let n = 0; n < lengths.length; n++) lengths[n] = Math.sqrt(lengths[n]!) * up;
  return inputs;
}

/** Whether units are the largest of what they read and 0. */
function isRectifiedPool(quantizer: Quantizer): boolean {
  const { reads, arity, pieces, table, selectors } = unitsOf(quantizer);
  if (reads === null || table === null || selectors !== table || table.rows !== 1 || pieces !== arity + 1) return false;
  return (
    table.slopes.every((slope, i) => slope === (Math.floor(i / arity) === i % arity ? 1 : 0)) && table.offsets.every((each) => each === 0)
  );
}

function rectifiedPool(quantizer: Quantizer, inputs: Float64Array): Float64Array {
  const { count, arity, inputSize, reads } = unitsOf(quantizer);
  const rows = inputs.length / inputSize;
  const values = new Float64Array(rows * count);
  for (let row = 0; row < rows; row++) largestRead(row, count, arity, reads!, inputs, row * inputSize, values);
  return values;
}

/** Writes a row of the largest of what units read and 0. */
function largestRead(
  row: number,
  count: number,
  arity: number,
  reads: Int32Array,
  inputs: Float64Array,
  base: number,
  values: Float64Array,
): void {
  for (let k = 0, at = 0; k < count; k++) {
    let largest = 0;
    for (let i = 0; i < arity; i++, at++) {
      const place = reads[at]!;
      if (place >= 0 && inputs[base + place]! > largest) largest = inputs[base + place]!;
    }
    values[row * count + k] = largest;
  }
}

/** max(a, b) = (a + b) / 2 + |b − a| / 2, which has no branch to be mispredicted, where all units are the larger of the same two pieces. */
function bentUnit(quantizer: Quantizer): BentUnit | null {
  const { reads, arity, pieces, table, selectors } = unitsOf(quantizer);
  if (reads !== null || arity !== 1 || table === null || selectors !== table || pieces !== 2 || table.rows !== 1) return null;
  const [slopeA, slopeB] = table.slopes as unknown as readonly [number, number];
  const [offsetA, offsetB] = table.offsets as unknown as readonly [number, number];
  return {
    slope: (slopeA + slopeB) / 2,
    offset: (offsetA + offsetB) / 2,
    bend: (slopeB - slopeA) / 2,
    kink: (offsetB - offsetA) / 2,
  };
}
