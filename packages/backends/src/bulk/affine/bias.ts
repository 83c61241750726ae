import { add, type Tensor2D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import { onParts } from "./on-parts";

/** Adds b, repeating, to rows: a new tensor in place of `y`, which is disposed of. Null where b is 0. */
export function addBias(bias: Float64Array, constants: Constants): ((y: Tensor2D) => Tensor2D) | null {
  if (bias.every((value) => value === 0)) return null;
  const held = constants.floats(bias);
  return (y) => {
    const result = onParts(y, bias.length, (parts) => add(parts, held));
    y.dispose();
    return result;
  };
}

/** A rule's `apply` from its linear part alone. */
export function withBiasAdded(
  linear: (v: readonly Tensor2D[]) => Tensor2D,
  bias: Float64Array,
  constants: Constants,
): (v: readonly Tensor2D[], withBias: boolean) => Tensor2D {
  const shift = addBias(bias, constants);
  return (v, withBias) => (withBias && shift ? shift(linear(v)) : linear(v));
}

/** A bias that repeats, written out for so many channels; null where it is 0, or repeats across channels. */
export function channelBias(bias: Float64Array, channels: number): Float64Array | null {
  if (channels % bias.length !== 0 || bias.every((value) => value === 0)) return null;
  return Float64Array.from({ length: channels }, (_, d) => bias[d % bias.length]!);
}
