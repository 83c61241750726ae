import { optional, strictObject } from "valibot";
import { averagePool } from "../affine/average-pool";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { padding, pair } from "../params/numbers";
import { poolConfig } from "../params/tfjs-config";
import { poolAttributes } from "../params/tfjs-op-attributes";

/** The mean over windows, one channel at a time; positions outside the image do not count, as in TensorFlow. */
export const avgPool2d = definePlugin({
  kind: "avg-pool2d",
  params: strictObject({ poolSize: pair(1), strides: optional(pair(1)), padding }),
  build: ({ poolSize, strides = poolSize, padding }, inputs) => averagePool({ poolSize, strides, padding }, imageShape(inputs)),
  tfjs: {
    layers: {
      AveragePooling2D: ({ config }) => {
        const settings = poolConfig(config);
        return typeof settings === "string" ? refuse(settings) : settings;
      },
    },
    ops: { AvgPool: poolAttributes },
  },
});
