import { formatShape, MasoError } from "@maso/core";
import type { Step } from "../define-plugin";
import type { TfjsNode } from "../tfjs-node";
import type { Tensor } from "./tensor";
import { isChannelsFirst } from "./tfjs-op-attributes";
import { constantAt } from "./tfjs-operands";

/** What an op does to its own result: it adds a bias, then takes these steps. */
export interface Fused {
  readonly bias: Tensor | null;
  readonly steps: readonly Step[];
}

/** What the two operands before the fused ones leave. */
const FIRST_ARGUMENT = 2;
/** tfjs's, where a model names none. */
const EPSILON = 1e-4;
const ALPHA = 0.2;

/**
 * The fused_ops of a node: none, BiasAdd or FusedBatchNorm, and behind it one activation; their operands follow the node's own two. Throws
 * "refused" for any other, "format" where the operands are not as many as the fused ops need.
 */
export function fusedActivation(node: TfjsNode): Fused {
  const [first, activation, ...more] = node.attributes.texts("fused_ops", []);
  if (first === undefined) return checkedCount(node, 0, { bias: null, steps: [] });
  if (more.length > 0) throw refused(`TensorFlow.js computes two fused ops at most, not ${[first, activation, ...more].join(", ")}`);
  const normalised = first === "FusedBatchNorm" && node.op !== "_FusedMatMul";
  if (first !== "BiasAdd" && !normalised)
    throw refused(`it fuses ${first} where BiasAdd${node.op === "_FusedMatMul" ? "" : " or FusedBatchNorm"} needs to stand`);
  const own = normalised ? 4 : 1;
  const steps = activation === undefined ? [] : [activationStep(node, activation, FIRST_ARGUMENT + own)];
  const count = own + (activation === "Prelu" ? 1 : 0);
  if (normalised) return checkedCount(node, count, { bias: null, steps: [batchNorm(node), ...steps] });
  return checkedCount(node, count, { bias: constantAt(node, FIRST_ARGUMENT, "bias"), steps });
}

/** A bias as one value, or one per channel; anything else is refused. */
export function channelBias(bias: Tensor | null, channels: number): Float64Array | undefined {
  if (bias === null) return undefined;
  if (bias.data.length === 1 || (bias.data.length === channels && bias.shape.at(-1) === channels)) return bias.data;
  throw refused(`its bias has shape ${formatShape(bias.shape)}; only one value, or one for each of ${channels} channels, is supported`);
}

function activationStep(node: TfjsNode, activation: string, argument: number): Step {
  switch (activation) {
    case "Relu":
      return { kind: "relu", params: {} };
    case "Relu6":
      return { kind: "clip", params: { min: 0, max: 6 } };
    case "Sigmoid":
      return { kind: "sigmoid", params: {} };
    case "Tanh":
      return { kind: "tanh", params: {} };
    case "LeakyRelu":
      if (node.op === "FusedDepthwiseConv2dNative")
        throw refused("TensorFlow.js knows no slope for LeakyRelu fused into a depthwise convolution");
      return { kind: "leaky-relu", params: { alpha: node.attributes.number("leakyrelu_alpha", ALPHA) } };
    case "Prelu":
      return { kind: "prelu", params: { alpha: slopesOf(node, constantAt(node, argument, "alpha")) } };
    case "Elu":
      throw refused("its fused activation Elu has an exponential piece, which is no affine spline");
    default:
      throw refused(`no rule knows its fused activation ${activation}`);
  }
}

function batchNorm(node: TfjsNode): Step {
  const [gamma, beta, mean, variance] = ["scale", "offset", "mean", "variance"].map(
    (role, i) => constantAt(node, FIRST_ARGUMENT + i, role).data,
  );
  return { kind: "batch-norm", params: { gamma, beta, mean, variance, epsilon: node.attributes.number("epsilon", EPSILON) } };
}

/** Slopes without the batch; those of channels-first images that are one per channel, as such. */
function slopesOf(node: TfjsNode, alpha: Tensor): Tensor {
  const shape = alpha.shape.length === 4 && alpha.shape[0] === 1 ? alpha.shape.slice(1) : alpha.shape;
  if (!isChannelsFirst(node) || shape.length < 2) return { ...alpha, shape };
  if (alpha.data.length === shape[0]) return { ...alpha, shape: [alpha.data.length] };
  throw refused(`its alpha of shape ${formatShape(alpha.shape)} on an NCHW image; only one slope per channel is supported`);
}

function checkedCount(node: TfjsNode, needed: number, fused: Fused): Fused {
  const given = node.inputs.length - FIRST_ARGUMENT;
  if (node.attributes.number("num_args", given) !== needed || given !== needed)
    throw new MasoError(
      "format",
      `its fused ops need ${needed} operands; attr.num_args says ${node.attributes.number("num_args", given)} and ${given} are there`,
    );
  return fused;
}

function refused(reason: string): MasoError {
  return new MasoError("refused", reason);
}
