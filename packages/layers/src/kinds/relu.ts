import { elementwise } from "@maso/core";
import { strictObject } from "valibot";
import { chain, definePlugin, refuse } from "../define-plugin";

/** max(0, x). */
export const relu = definePlugin({
  kind: "relu",
  params: strictObject({}),
  build: (_, [shape]) => elementwise(shape!, { slopes: [0, 1] }),
  tfjs: {
    activations: { relu: () => ({}) },
    layers: {
      ReLU: ({ config }) => {
        const ignored = ["negative_slope", "threshold"].find((key) => Number(config[key] ?? 0) !== 0);
        if (ignored) return refuse(`TensorFlow.js ignores ${ignored} ${config[ignored]}; only ReLU with a max_value is what it computes`);
        return typeof config.max_value === "number" ? chain({ kind: "clip", params: { min: 0, max: config.max_value } }) : {};
      },
    },
  },
});
