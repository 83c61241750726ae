import { MasoError } from "@maso/core";

/** No bias. */
export const ZERO = Float64Array.of(0);

/** A bias of one value, or one per channel or output, repeating. Throws "shape". */
export function checkedBias(bias: Float64Array, channels: number, at = "bias"): Float64Array {
  if (bias.length !== 1 && bias.length !== channels)
    throw new MasoError("shape", `expected ${channels} values, got ${bias.length}`, { at });
  return bias;
}
