import { elementwise } from "@maso/core";
import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";

/** SiLU, x / (1 + e^−x): ReLU's pieces at β = ½ ("From Hard to Soft", arXiv 1810.09274). */
export const swish = definePlugin({
  kind: "swish",
  params: strictObject({}),
  build: (_, [shape]) => elementwise(shape!, { slopes: [0, 1], beta: 0.5 }),
  tfjs: { activations: { swish: () => ({}) } },
});
