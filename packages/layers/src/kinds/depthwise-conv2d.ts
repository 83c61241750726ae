import { optional, strictObject } from "valibot";
import { convolution } from "../affine/convolution";
import { type Chain, chain, definePlugin, refuse } from "../define-plugin";
import { channelBias, type Fused, fusedActivation } from "../params/fused-activation";
import { imageShape } from "../params/image-shape";
import { padding, pair, vector } from "../params/numbers";
import { tensor } from "../params/tensor";
import { convolutionConfig } from "../params/tfjs-config";
import { convolutionAttributes } from "../params/tfjs-op-attributes";
import { constantAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

/** A convolution of each channel by itself; kernel [height][width][channels][multiplier]. */
export const depthwiseConv2d = definePlugin({
  kind: "depthwise-conv2d",
  params: strictObject({
    kernel: tensor(4),
    bias: optional(vector),
    strides: optional(pair(1), 1),
    padding,
    dilations: optional(pair(1), 1),
  }),
  build: ({ kernel, ...rest }, inputs) => {
    const [height, width, channels, multiplier] = kernel.shape as readonly [number, number, number, number];
    const grouped = { shape: [height, width, 1, channels * multiplier], data: kernel.data };
    return convolution({ ...rest, kernel: grouped, groups: channels }, imageShape(inputs));
  },
  tfjs: {
    layers: {
      DepthwiseConv2D: ({ config, weights }) => {
        const settings = convolutionConfig(config);
        if (typeof settings === "string") return refuse(settings);
        return { ...settings, kernel: weights.depthwise_kernel, bias: config.use_bias === false ? undefined : weights.bias };
      },
      SeparableConv2D: ({ config, weights }) => {
        const settings = convolutionConfig(config);
        if (typeof settings === "string") return refuse(settings);
        const bias = config.use_bias === false ? undefined : weights.bias;
        return chain(
          { kind: "depthwise-conv2d", params: { ...settings, kernel: weights.depthwise_kernel } },
          { kind: "conv2d", params: { kernel: weights.pointwise_kernel, bias } },
        );
      },
    },
    ops: {
      DepthwiseConv2d: (node) => convolved(node, { bias: null, steps: [] }),
      DepthwiseConv2dNative: (node) => convolved(node, { bias: null, steps: [] }),
      FusedDepthwiseConv2dNative: (node) => convolved(node, fusedActivation(node)),
    },
  },
});

function convolved(node: TfjsNode, { bias, steps }: Fused): Chain {
  const attributes = convolutionAttributes(node);
  const kernel = constantAt(node, 1, "kernel");
  const [, , channels = 1, multiplier = 1] = kernel.shape;
  return chain({ kind: "depthwise-conv2d", params: { ...attributes, kernel, bias: channelBias(bias, channels * multiplier) } }, ...steps);
}
