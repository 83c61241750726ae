import { optional, strictObject } from "valibot";
import { convolution } from "../affine/convolution";
import { type Chain, chain, definePlugin, refuse } from "../define-plugin";
import { configBias, configExtent, configWeight, kernelExtents } from "../params/config-weights";
import { channelBias, type Fused, fusedActivation } from "../params/fused-activation";
import { imageShape } from "../params/image-shape";
import { padding, pair, vector, whole } from "../params/numbers";
import { tensor } from "../params/tensor";
import { convolutionConfig } from "../params/tfjs-config";
import { convolutionAttributes } from "../params/tfjs-op-attributes";
import { constantAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

/** Cross-correlation of a channels-last image; kernel [height][width][in / groups][out]. */
export const conv2d = definePlugin({
  kind: "conv2d",
  params: strictObject({
    kernel: tensor(4),
    bias: optional(vector),
    strides: optional(pair(1), 1),
    padding,
    dilations: optional(pair(1), 1),
    groups: optional(whole(1), 1),
  }),
  build: (params, inputs) => convolution(params, imageShape(inputs)),
  tfjs: {
    layers: {
      Conv2D: (layer) => {
        const { config } = layer;
        const settings = convolutionConfig(config);
        if (typeof settings === "string") return refuse(settings);
        const filters = configExtent(layer, "filters");
        return {
          ...settings,
          kernel: configWeight(layer, "kernel", [...kernelExtents(layer), null, filters]),
          bias: configBias(layer, filters),
          groups: Number(config.groups ?? 1),
        };
      },
    },
    ops: {
      Conv2D: (node) => convolved(node, { bias: null, steps: [] }),
      _FusedConv2D: (node) => convolved(node, fusedActivation(node)),
    },
  },
});

/** A graph's kernel is [height, width, in / groups, out]: its groups follow from the image. */
function convolved(node: TfjsNode, { bias, steps }: Fused): Chain {
  const attributes = convolutionAttributes(node);
  const kernel = constantAt(node, 1, "kernel");
  const channels = node.inputs[0]!.shape.at(-1)!;
  const [, , perGroup = 1, out = 1] = kernel.shape;
  const groups = channels % perGroup === 0 ? channels / perGroup : 1;
  return chain({ kind: "conv2d", params: { ...attributes, kernel, bias: channelBias(bias, out), groups } }, ...steps);
}
