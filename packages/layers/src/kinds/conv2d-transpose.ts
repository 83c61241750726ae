import { optional, strictObject } from "valibot";
import { transposedConvolution } from "../affine/transposed-convolution";
import { definePlugin, refuse } from "../define-plugin";
import { configBias, configExtent, configWeight, kernelExtents } from "../params/config-weights";
import { imageShape } from "../params/image-shape";
import { padding, pair, vector, whole } from "../params/numbers";
import { tensor } from "../params/tensor";
import { convolutionConfig } from "../params/tfjs-config";
import { convolutionAttributes, imageSize } from "../params/tfjs-op-attributes";
import { constantAt } from "../params/tfjs-operands";

/**
 * The adjoint of a convolution from images of outputSize to those of the input; kernel [height][width][out / groups][in]. Where outputSize
 * is absent it is Keras's: input · stride with "same", that or what the windows reach with "valid".
 */
export const conv2dTranspose = definePlugin({
  kind: "conv2d-transpose",
  params: strictObject({
    kernel: tensor(4),
    bias: optional(vector),
    strides: optional(pair(1), 1),
    padding,
    dilations: optional(pair(1), 1),
    groups: optional(whole(1), 1),
    outputSize: optional(pair(1)),
  }),
  build: (params, inputs) => transposedConvolution(params, imageShape(inputs)),
  tfjs: {
    layers: {
      Conv2DTranspose: (layer) => {
        const { config } = layer;
        const settings = convolutionConfig(config);
        if (typeof settings === "string") return refuse(settings);
        const ignored = ignoredSetting(config);
        if (ignored) return refuse(`TensorFlow.js ignores ${ignored} ${JSON.stringify(config[ignored])}`);
        const filters = configExtent(layer, "filters");
        const kernel = configWeight(layer, "kernel", [...kernelExtents(layer), filters, null]);
        return { ...settings, kernel, bias: configBias(layer, filters) };
      },
    },
    ops: {
      Conv2DBackpropInput: (node) => {
        const { dilations, ...attributes } = convolutionAttributes(node, 2);
        if (dilations.some((dilation) => dilation !== 1)) return refuse(`TensorFlow.js ignores dilations ${dilations.join(", ")}`);
        return { ...attributes, kernel: constantAt(node, 1, "kernel"), outputSize: imageSize(node, 0) };
      },
    },
  },
});

function ignoredSetting(config: Readonly<Record<string, unknown>>): string | null {
  if ([config.dilation_rate ?? 1].flat().some((rate) => rate !== 1)) return "dilation_rate";
  return (config.output_padding ?? null) === null ? null : "output_padding";
}
