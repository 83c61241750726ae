import { MasoError, type Shape, sizeOf } from "@maso/core";
import { integer, number, optional, pipe, strictObject } from "valibot";
import { ZERO } from "../affine/checked-bias";
import { diagonal } from "../affine/diagonal";
import { chain, definePlugin, refuse } from "../define-plugin";
import { oneInput, resolveAxis } from "../params/image-shape";
import { kerasAxis } from "../params/keras-axis";
import { real, vector } from "../params/numbers";
import { isChannelsFirst } from "../params/tfjs-op-attributes";
import { constantAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

const ONE = Float64Array.of(1);

/** γ (x − mean) / √(variance + ε) + β along one axis, folded in float64 into a scale and a shift. */
export const batchNorm = definePlugin({
  kind: "batch-norm",
  params: strictObject({
    gamma: optional(vector),
    beta: optional(vector),
    mean: vector,
    variance: vector,
    epsilon: optional(real, 1e-3),
    axis: optional(pipe(number(), integer("expected a whole number")), -1),
  }),
  build: ({ gamma = ONE, beta = ZERO, mean, variance, epsilon, axis }, inputs) => {
    const shape = oneInput(inputs);
    const at = resolveAxis(axis, shape.length);
    const channels = shape[at]!;
    for (const [name, values] of Object.entries({ gamma, beta, mean, variance }))
      if (values.length !== 1 && values.length !== channels)
        throw new MasoError("shape", `expected ${channels} values, got ${values.length}`, { at: name });
    const of = (values: Float64Array, c: number): number => values[c % values.length]!;
    const scale = Float64Array.from({ length: channels }, (_, c) => of(gamma, c) / Math.sqrt(of(variance, c) + epsilon));
    const shift = scale.map((value, c) => of(beta, c) - of(mean, c) * value);
    if (!scale.every(Number.isFinite)) throw new MasoError("non-finite", "variance + epsilon needs to be positive", { at: "variance" });
    return diagonal(shape, alongAxis(scale, shape, at), alongAxis(shift, shape, at));
  },
  tfjs: {
    layers: {
      BatchNormalization: ({ config, weights }) => {
        const axis = kerasAxis(config.axis);
        const params = {
          gamma: config.scale === false ? undefined : weights.gamma,
          beta: config.center === false ? undefined : weights.beta,
          mean: weights.moving_mean,
          variance: weights.moving_variance,
          epsilon: Number(config.epsilon ?? 1e-3),
          axis,
        };
        return axis === -1 ? params : chain({ kind: "batch-norm", params, refusesOn: ([shape]) => cycledAlong(axis, shape!) });
      },
    },
    ops: { FusedBatchNorm: normalised, FusedBatchNormV2: normalised, FusedBatchNormV3: normalised },
  },
});

/** scale, offset, mean and variance are its operands. TensorFlow.js computes with the mean and variance given, in training too. */
function normalised(node: TfjsNode) {
  isChannelsFirst(node);
  if (node.attributes.flag("is_training", false)) return refuse("in training it divides by statistics of its own batch");
  const [gamma, beta, mean, variance] = ["scale", "offset", "mean", "variance"].map((role, i) => constantAt(node, i + 1, role).data);
  return { gamma, beta, mean: mean!, variance: variance!, epsilon: node.attributes.number("epsilon", 1e-3) };
}

/** TensorFlow.js normalises value k, counted through all axes, by the numbers of channel k % channels: right where nothing lies behind the axis. */
function cycledAlong(axis: number, shape: Shape): string | null {
  const at = resolveAxis(axis, shape.length);
  if (sizeOf(shape.slice(at + 1)) === 1) return null;
  return `TensorFlow.js normalises along axis ${at + 1} of ${shape.length + 1} by numbers that it repeats along the last axes instead; only the last axis is read`;
}

/** Values along an axis, as diagonal wants them: per channel where the axis is the last one, else per value. */
function alongAxis(values: Float64Array, shape: Shape, axis: number): Float64Array {
  const inner = sizeOf(shape.slice(axis + 1));
  return axis === shape.length - 1
    ? values
    : Float64Array.from({ length: sizeOf(shape) }, (_, k) => values[Math.floor(k / inner) % values.length]!);
}
