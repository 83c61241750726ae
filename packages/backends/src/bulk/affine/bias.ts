import { add, reshape, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";

/** Adds b, repeating, to rows: a new tensor in place of `y`, which is disposed of. Null where b is 0. */
export function addBias(bias: Float64Array, constants: Constants): ((y: Tensor2D) => Tensor2D) | null {
  if (bias.every((value) => value === 0)) return null;
  const held = constants.floats(bias);
  return (y) => {
    const [rows, size] = y.shape;
    const wide = reshape(y, [(rows * size) / bias.length, bias.length]);
    const sum = add(wide, held);
    const result = reshape(sum, [rows, size]) as Tensor2D;
    disposeAll(y, wide, sum);
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

export function disposeAll(...tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}
