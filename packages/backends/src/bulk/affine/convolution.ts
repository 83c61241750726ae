import type { ConvolutionForm } from "@maso/core";
import { addBias } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { convolveAdjoint } from "./convolve-adjoint";
import { convolveForward } from "./convolve-forward";

export const convolution: BulkRule<ConvolutionForm> = ({ kernel, geometry }, { bias, constants }) => {
  const channels = geometry.output[2];
  const perChannel = channels % bias.length === 0;
  const own =
    perChannel && bias.some((value) => value !== 0) ? Float64Array.from({ length: channels }, (_, d) => bias[d % bias.length]!) : null;
  const forward = convolveForward(kernel, geometry, own, constants);
  const backward = convolveAdjoint(kernel, geometry, constants);
  const shift = perChannel ? null : addBias(bias, constants);
  return {
    apply: ([v], withBias) => {
      const y = forward.apply(v!, withBias);
      return withBias && shift ? shift(y) : y;
    },
    ...(!shift && forward.activated && { activated: ([v], activation) => forward.activated!(v!, activation) }),
    adjoint: (u) => [backward(u)],
  };
};
