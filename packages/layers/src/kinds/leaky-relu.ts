import { elementwise } from "@maso/core";
import { strictObject } from "valibot";
import { definePlugin, refuse } from "../define-plugin";
import { real } from "../params/numbers";

/** The slope that TensorFlow.js takes where a model names none. */
const KERAS_ALPHA = 0.3;

/** The slope of an op that names none. */
const OP_ALPHA = 0.2;

/** x for x > 0, else αx: max(αx, x), or min(αx, x) where α > 1. */
export const leakyRelu = definePlugin({
  kind: "leaky-relu",
  params: strictObject({ alpha: real }),
  build: ({ alpha }, [shape]) => elementwise(shape!, { slopes: [alpha, 1], selectors: alpha > 1 ? "-pieces" : "pieces" }),
  tfjs: {
    layers: {
      LeakyReLU: ({ config }) => {
        const alpha = (config.alpha ?? KERAS_ALPHA) as number;
        const unread = config.negative_slope ?? alpha;
        return unread === alpha ? { alpha } : refuse(`TensorFlow.js ignores negative_slope ${unread} and computes with alpha ${alpha}`);
      },
    },
    ops: { LeakyRelu: { anyLayout: ({ attributes }) => ({ alpha: attributes.number("alpha", OP_ALPHA) }) } },
  },
});
