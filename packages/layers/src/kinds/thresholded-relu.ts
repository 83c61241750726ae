import { elementwise } from "@maso/core";
import { optional, strictObject } from "valibot";
import { definePlugin } from "../define-plugin";
import { real } from "../params/numbers";

/** Keras' ThresholdedReLU: x where x > theta, else 0; it jumps where theta is not 0. The selectors are 0 and x − theta. */
export const thresholdedRelu = definePlugin({
  kind: "thresholded-relu",
  params: strictObject({ theta: optional(real, 1) }),
  build: ({ theta }, [shape]) => elementwise(shape!, { slopes: [0, 1], selectors: { slopes: [0, 1], offsets: [0, 0 - theta] } }),
  tfjs: { layers: { ThresholdedReLU: ({ config }) => ({ theta: (config.theta ?? 1) as number }) } },
});
