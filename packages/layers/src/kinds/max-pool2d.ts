import { optional, strictObject } from "valibot";
import { definePlugin, refuse } from "../define-plugin";
import { padding, pair } from "../params/numbers";
import { poolConfig } from "../params/tfjs-config";
import { poolAttributes } from "../params/tfjs-op-attributes";
import { windowQuantizer } from "../params/window-quantizer";

/** The largest value of each window, one channel at a time; positions outside the image do not exist. */
export const maxPool2d = definePlugin({
  kind: "max-pool2d",
  params: strictObject({ poolSize: pair(1), strides: optional(pair(1)), padding }),
  build: (params, inputs) => windowQuantizer(params, inputs, 1),
  tfjs: {
    layers: {
      MaxPooling2D: ({ config }) => {
        const settings = poolConfig(config);
        return typeof settings === "string" ? refuse(settings) : settings;
      },
    },
    ops: { MaxPool: poolAttributes },
  },
});
