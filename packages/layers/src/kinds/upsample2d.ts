import { checkShape } from "@maso/core";
import { optional, strictObject } from "valibot";
import { gather } from "../affine/gather";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { pair } from "../params/numbers";
import { configPair, formatProblem } from "../params/tfjs-config";

/** Every pixel repeated size[0] times down and size[1] times across: nearest-neighbour up-sampling. */
export const upsample2d = definePlugin({
  kind: "upsample2d",
  params: strictObject({ size: optional(pair(1), 2) }),
  build: ({ size }, inputs) => {
    const [height, width, channels] = imageShape(inputs);
    const output = [height * size[0], width * size[1], channels] as const;
    checkShape("upsample2d", output);
    const index = Int32Array.from({ length: output[0] * output[1] * channels }, (_, k) => {
      const y = Math.floor(k / channels / output[1] / size[0]);
      const x = Math.floor((Math.floor(k / channels) % output[1]) / size[1]);
      return (y * width + x) * channels + (k % channels);
    });
    return gather([[height, width, channels]], output, index);
  },
  tfjs: {
    layers: {
      UpSampling2D: ({ config }) => {
        const problem = formatProblem(config);
        if (problem) return refuse(problem);
        const interpolation = config.interpolation ?? "nearest";
        return interpolation === "nearest"
          ? { size: configPair(config.size, 2) }
          : refuse(`interpolation ${String(interpolation)} is not supported yet; nearest is`);
      },
    },
  },
});
