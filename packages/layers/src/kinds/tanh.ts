import { elementwise } from "@maso/core";
import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";

/** tanh x: pieces −1 and 1, selectors −x and x, β = ½. */
export const tanh = definePlugin({
  kind: "tanh",
  params: strictObject({}),
  build: (_, [shape]) => elementwise(shape!, { slopes: [0, 0], offsets: [-1, 1], selectors: { slopes: [-1, 1] }, beta: 0.5 }),
  tfjs: { activations: { tanh: () => ({}) }, ops: { Tanh: { anyLayout: () => ({}) } } },
});
