import { MasoError, type RepeatedForm, type Shape } from "@maso/core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { onParts } from "./on-parts";

/** Parts are rows of what is repeated. */
export const repeated: BulkRule<RepeatedForm> = ({ times, of }, context) => {
  const part = ([first, ...rest]: Shape): Shape => {
    if (first === times) return rest;
    throw new MasoError("shape", `repeated: the first axis is ${first}; ${times} parts were expected`);
  };
  const inner = context.bulk(of, {
    inputs: context.inputs.map(part),
    output: part(context.output),
    bias: Float64Array.of(0),
  });
  const onTimes = (v: Tensor2D, each: (parts: Tensor2D) => Tensor2D): Tensor2D => onParts(v, v.shape[1] / times, each);
  return {
    apply: withBiasAdded(([v]) => onTimes(v!, (parts) => inner.apply([parts], false)), context.bias, context.constants),
    adjoint: (u) => [onTimes(u, (parts) => inner.adjoint(parts)[0]!)],
  };
};
