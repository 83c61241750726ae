import { elementwise } from "@maso/core";
import { check, optional, pipe, strictObject } from "valibot";
import { definePlugin } from "../define-plugin";
import { real } from "../params/numbers";

const hardSigmoid = { min: 0, max: 1, slope: 0.2, offset: 0.5 };

/** min(max(u, lo), hi) with u = slope·x + offset: ReLU6, hard tanh, hard sigmoid. Selectors 0, u − lo, 2u − lo − hi. */
export const clip = definePlugin({
  kind: "clip",
  params: pipe(
    strictObject({ min: real, max: real, slope: optional(real, 1), offset: optional(real, 0) }),
    check(({ min, max }) => min <= max, "min needs to be at most max"),
  ),
  build: ({ min, max, slope, offset }, [shape]) =>
    elementwise(shape!, {
      slopes: [0, slope, 0],
      offsets: [min, offset, max],
      selectors: { slopes: [0, slope, 2 * slope], offsets: [0, offset - min, 2 * offset - min - max] },
    }),
  tfjs: {
    activations: { relu6: () => ({ min: 0, max: 6 }), hardSigmoid: () => hardSigmoid, hard_sigmoid: () => hardSigmoid },
  },
});
