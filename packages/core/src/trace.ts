import type { Code, LayerCode } from "./code";
import type { Network } from "./network";
import { inputSize } from "./network";
import type { Quantizer } from "./operator";
import { quantize } from "./quantize";
import type { Quantized } from "./quantize-any";
import { applyAffine, type ComputeOptions, computeOf, joinRows, run, splitInput } from "./run";
import { type Rows, rowsOf } from "./shape";
import { unitsOf } from "./units";

/** f(x) and its code, computed in one pass. */
export interface Trace {
  /** f(x), [rows, outputs]. */
  readonly values: Rows;
  readonly code: Code;
}

/** One forward pass over all rows at once that keeps the code; `see` is shown each quantizer with its joined inputs. */
export function trace(
  network: Network,
  x: Rows,
  options?: ComputeOptions,
  see?: (index: number, quantizer: Quantizer, v: Rows, quantized: Quantized) => void,
): Trace {
  const compute = computeOf(options);
  const layers: LayerCode[] = [];
  const values = run(network, network.output, splitInput("network", network, x), ({ id, op }, sources, index) => {
    if (op.type === "affine") return applyAffine(op, sources, compute);
    const v = joinRows(sources, op.inputs);
    const quantized = quantize(op, v, { compute });
    const { choice, weights } = quantized;
    const { count, pieces } = unitsOf(op);
    layers.push({ node: index, id, units: count, pieces, choice, weights });
    see?.(index, op, v, quantized);
    return quantized.values;
  });
  return { values, code: { rows: rowsOf("network", x, inputSize(network)), layers } };
}

/** The code at each row of x: which piece each unit uses, and the weights of soft units. */
export function encode(network: Network, x: Rows, options?: ComputeOptions): Code {
  return trace(network, x, options).code;
}
