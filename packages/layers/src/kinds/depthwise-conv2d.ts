import { optional, strictObject } from "valibot";
import { convolution } from "../affine/convolution";
import { type Chain, chain, definePlugin, refuse, type TfjsLayer } from "../define-plugin";
import { configBias, configExtent, configWeight, kernelExtents } from "../params/config-weights";
import { channelBias, type Fused, fusedActivation } from "../params/fused-activation";
import { imageShape } from "../params/image-shape";
import { padding, pair, vector } from "../params/numbers";
import { type Tensor, tensor } from "../params/tensor";
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
      DepthwiseConv2D: (layer) => {
        const settings = convolutionConfig(layer.config);
        if (typeof settings === "string") return refuse(settings);
        return { ...settings, kernel: depthwiseKernel(layer), bias: configBias(layer, null) };
      },
      SeparableConv2D: (layer) => {
        const settings = convolutionConfig(layer.config);
        if (typeof settings === "string") return refuse(settings);
        const filters = configExtent(layer, "filters");
        const pointwise = configWeight(layer, "pointwise_kernel", [1, 1, null, filters]);
        return chain(
          { kind: "depthwise-conv2d", params: { ...settings, kernel: depthwiseKernel(layer) } },
          { kind: "conv2d", params: { kernel: pointwise, bias: configBias(layer, filters) } },
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

function depthwiseKernel(layer: TfjsLayer): Tensor {
  return configWeight(layer, "depthwise_kernel", [...kernelExtents(layer), null, configExtent(layer, "depth_multiplier")]);
}

function convolved(node: TfjsNode, { bias, steps }: Fused): Chain {
  const attributes = convolutionAttributes(node);
  const kernel = constantAt(node, 1, "kernel");
  const [, , channels = 1, multiplier = 1] = kernel.shape;
  return chain({ kind: "depthwise-conv2d", params: { ...attributes, kernel, bias: channelBias(bias, channels * multiplier) } }, ...steps);
}
