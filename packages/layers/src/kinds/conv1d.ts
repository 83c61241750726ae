import { optional, strictObject } from "valibot";
import { convolution } from "../affine/convolution";
import { definePlugin, refuse } from "../define-plugin";
import { configBias, configExtent, configWeight, kernelExtents } from "../params/config-weights";
import { vector, whole } from "../params/numbers";
import { columnPadding, onSequences, sequencePadding, sequenceShape } from "../params/sequence";
import { sequenceConvolutionConfig } from "../params/sequence-config";
import { tensor } from "../params/tensor";

/** Cross-correlation of a channels-last sequence; kernel [size][in / groups][out]. That of an image of width 1. */
export const conv1d = definePlugin({
  kind: "conv1d",
  params: strictObject({
    kernel: tensor(3),
    bias: optional(vector),
    strides: optional(whole(1), 1),
    padding: sequencePadding,
    dilations: optional(whole(1), 1),
    groups: optional(whole(1), 1),
  }),
  build: ({ kernel, strides, padding, dilations, ...rest }, inputs) => {
    const [length, channels] = sequenceShape(inputs);
    const [size, ...ends] = kernel.shape;
    const column = {
      ...rest,
      kernel: { shape: [size!, 1, ...ends], data: kernel.data },
      strides: [strides, 1],
      padding: columnPadding(padding),
      dilations: [dilations, 1],
    } as const;
    return onSequences(convolution(column, [length, 1, channels]));
  },
  tfjs: {
    layers: {
      Conv1D: (layer) => {
        const { config } = layer;
        const settings = sequenceConvolutionConfig(config);
        if (typeof settings === "string") return refuse(settings);
        const filters = configExtent(layer, "filters");
        return {
          ...settings,
          kernel: configWeight(layer, "kernel", [kernelExtents(layer)[0], null, filters]),
          bias: configBias(layer, filters),
          groups: Number(config.groups ?? 1),
        };
      },
    },
  },
});
