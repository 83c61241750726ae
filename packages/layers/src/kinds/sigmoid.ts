import { elementwise } from "@maso/core";
import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";

/** 1 / (1 + e^−x): pieces 0 and 1, selectors 0 and x, β = ½. */
export const sigmoid = definePlugin({
  kind: "sigmoid",
  params: strictObject({}),
  build: (_, [shape]) => elementwise(shape!, { slopes: [0, 0], offsets: [0, 1], selectors: { slopes: [0, 1] }, beta: 0.5 }),
  tfjs: { activations: { sigmoid: () => ({}) }, ops: { Sigmoid: { anyLayout: () => ({}) } } },
});
