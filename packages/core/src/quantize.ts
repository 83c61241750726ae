import { isHard } from "./beta";
import type { Quantizer } from "./operator";
import { type Quantized, quantizeAny } from "./quantize-any";
import { type ComputeOptions, computeOf } from "./run";
import type { Rows } from "./shape";
import { unitsOf } from "./units";

/** Runs the quantizer on joined inputs, [rows, inputSize]. */
export function quantize(quantizer: Quantizer, v: Rows, options?: ComputeOptions): Quantized {
  const units = unitsOf(quantizer);
  if (!isHard(quantizer.beta)) return quantizeAny(units, quantizer.beta, v);
  return { ...computeOf(options).quantizeHard(units, v), weights: null };
}
