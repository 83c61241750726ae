import type { TransposedConvolutionForm } from "@maso/core";
import { withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { convolveAdjoint } from "./convolve-adjoint";
import { convolveForward } from "./convolve-forward";

export const transposedConvolution: BulkRule<TransposedConvolutionForm> = ({ kernel, geometry }, { bias, constants }) => {
  const backward = convolveForward(kernel, geometry, null, constants);
  const forward = convolveAdjoint(kernel, geometry, constants);
  return { apply: withBiasAdded(([v]) => forward(v!), bias, constants), adjoint: (u) => [backward.apply(u, false)] };
};
