import { optional, strictObject } from "valibot";
import { convolution } from "../affine/convolution";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { padding, pair, vector, whole } from "../params/numbers";
import { tensor } from "../params/tensor";
import { convolutionConfig } from "../params/tfjs-config";

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
      Conv2D: ({ config, weights }) => {
        const settings = convolutionConfig(config);
        if (typeof settings === "string") return refuse(settings);
        return {
          ...settings,
          kernel: weights.kernel,
          bias: config.use_bias === false ? undefined : weights.bias,
          groups: Number(config.groups ?? 1),
        };
      },
    },
  },
});
