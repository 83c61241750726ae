import type { DiagonalForm } from "@maso/core";
import { mul, type Tensor2D } from "@tensorflow/tfjs-core";
import { withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { onParts } from "./on-parts";

export const diagonal: BulkRule<DiagonalForm> = ({ scale }, { bias, constants }) => {
  const held = constants.floats(scale);
  const times = (v: Tensor2D): Tensor2D => onParts(v, scale.length, (parts) => mul(parts, held));
  return { apply: withBiasAdded(([v]) => times(v!), bias, constants), adjoint: (u) => [times(u)] };
};
