import type { DiagonalForm } from "@maso/core";
import { mul, reshape, type Tensor2D } from "@tensorflow/tfjs-core";
import { disposeAll, withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";

export const diagonal: BulkRule<DiagonalForm> = ({ scale }, { bias, constants }) => {
  const held = constants.floats(scale);
  const times = (v: Tensor2D): Tensor2D => {
    const [rows, size] = v.shape;
    const wide = reshape(v, [(rows * size) / scale.length, scale.length]);
    const product = mul(wide, held);
    const result = reshape(product, [rows, size]) as Tensor2D;
    disposeAll(wide, product);
    return result;
  };
  return { apply: withBiasAdded(([v]) => times(v!), bias, constants), adjoint: (u) => [times(u)] };
};
