import { type AffineBody, type QuantizerBody, quantizer, type Shape } from "@maso/core";
import { boolean, optional, strictObject } from "valibot";
import { weightedSums } from "../affine/weighted-sums";
import { type Refusal, refuse } from "../define-plugin";
import { type ReducedAxes, reduction } from "./reduction";
import { formatProblem } from "./tfjs-config";

/** The parameters of a layer that sums up all places of an image or a sequence; they stay as extents of 1 with `keepDims`. */
export const globalPoolParams = strictObject({ keepDims: optional(boolean("expected true or false"), false) });

/** The mean of each channel, the last axis, over all places. */
export function globalAverage(shape: Shape, keepDims: boolean): AffineBody {
  return weightedSums(shape, overPlaces(shape, keepDims), (arity) => 1 / arity);
}

/** The largest value of each channel over all places. */
export function globalMax(shape: Shape, keepDims: boolean): QuantizerBody {
  const { output, arity, table } = reduction(shape, overPlaces(shape, keepDims));
  return quantizer({ inputs: [shape], output, reads: { type: "indices", arity, table }, pieces: "values" });
}

/** For a Keras class. */
export function globalPoolLayer({ config }: { readonly config: Readonly<Record<string, unknown>> }): Record<never, never> | Refusal {
  const ignored = ["keepdims", "keep_dims"].find((name) => config[name] === true);
  const problem = ignored ? `TensorFlow.js ignores ${ignored} and gives a vector of channels` : formatProblem(config);
  return problem ? refuse(problem) : {};
}

function overPlaces(shape: Shape, keepDims: boolean): ReducedAxes {
  return { axes: shape.slice(1).map((_, axis) => axis), keepDims };
}
