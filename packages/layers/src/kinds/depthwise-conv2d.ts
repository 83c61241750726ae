import { optional, strictObject } from "valibot";
import { convolution } from "../affine/convolution";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { padding, pair, vector } from "../params/numbers";
import { tensor } from "../params/tensor";
import { convolutionConfig } from "../params/tfjs-config";

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
    },
  },
});
