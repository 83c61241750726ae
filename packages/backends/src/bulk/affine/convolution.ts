import type { ConvolutionForm } from "@maso/core";
import { addBias, channelBias } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { convolveAdjoint } from "./convolve-adjoint";
import { convolveForward } from "./convolve-forward";

export const convolution: BulkRule<ConvolutionForm> = ({ kernel, geometry }, { bias, constants }) => {
  const own = channelBias(bias, geometry.output[2]);
  const forward = convolveForward(kernel, geometry, own, constants);
  const backward = convolveAdjoint(kernel, geometry, constants);
  const shift = own ? null : addBias(bias, constants);
  return {
    apply: ([v], withBias) => {
      const y = forward.apply(v!, withBias);
      return withBias && shift ? shift(y) : y;
    },
    ...(!shift && forward.activated && { activated: ([v], activation) => forward.activated!(v!, activation) }),
    adjoint: (u) => [backward(u)],
  };
};
