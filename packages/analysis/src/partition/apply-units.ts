import { type Compute, type Quantizer, quantize, unitsOf } from "@maso/core";

/** The outputs of a hard quantizer for rows of its joined inputs; where units read one value each they replace the inputs. */
export function applyUnits(quantizer: Quantizer, inputs: Float64Array, compute: Compute): Float64Array {
  const { reads, arity, pieces, table, selectors, count } = unitsOf(quantizer);
  if (reads !== null || arity !== 1 || table === null || selectors === null) return quantize(quantizer, inputs, { compute }).values;
  const { rows, slopes, offsets } = table;
  const { slopes: selectorSlopes, offsets: selectorOffsets, rows: selectorRows } = selectors;
  if (rows === 1 && selectorRows === 1 && pieces === 2) {
    const [slope0, slope1] = slopes as unknown as [number, number];
    const [offset0, offset1] = offsets as unknown as [number, number];
    const [selector0, selector1] = selectorSlopes as unknown as [number, number];
    const [level0, level1] = selectorOffsets as unknown as [number, number];
    for (let i = 0; i < inputs.length; i++) {
      const x = inputs[i]!;
      inputs[i] = selector1 * x + level1 > selector0 * x + level0 ? slope1 * x + offset1 : slope0 * x + offset0;
    }
    return inputs;
  }
  for (let first = 0; first < inputs.length; first += count)
    for (let unit = 0; unit < count; unit++) {
      const x = inputs[first + unit]!;
      const at = selectorRows === 1 ? 0 : (unit % selectorRows) * pieces;
      let best = 0;
      let largest = selectorSlopes[at]! * x + selectorOffsets[at]!;
      for (let r = 1; r < pieces; r++) {
        const selector = selectorSlopes[at + r]! * x + selectorOffsets[at + r]!;
        if (selector > largest) {
          largest = selector;
          best = r;
        }
      }
      const piece = (rows === 1 ? 0 : (unit % rows) * pieces) + best;
      inputs[first + unit] = slopes[piece]! * x + offsets[piece]!;
    }
  return inputs;
}
