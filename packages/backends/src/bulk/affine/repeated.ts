import { MasoError, type RepeatedForm, type Shape } from "@maso/core";
import { reshape, type Tensor2D } from "@tensorflow/tfjs-core";
import { disposeAll, withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";

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
  const onParts = (v: Tensor2D, each: (parts: Tensor2D) => Tensor2D): Tensor2D => {
    const [rows, size] = v.shape;
    const parts = reshape(v, [rows * times, size / times]) as Tensor2D;
    const made = each(parts);
    const result = reshape(made, [rows, made.shape[1] * times]) as Tensor2D;
    disposeAll(parts, made);
    return result;
  };
  return {
    apply: withBiasAdded(([v]) => onParts(v!, (parts) => inner.apply([parts], false)), context.bias, context.constants),
    adjoint: (u) => [onParts(u, (parts) => inner.adjoint(parts)[0]!)],
  };
};
