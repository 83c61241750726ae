import { strictObject } from "valibot";
import { combine } from "../affine/combine";
import { definePlugin } from "../define-plugin";

/** The sum of inputs of one shape. */
export const add = definePlugin({
  kind: "add",
  params: strictObject({}),
  build: (_, inputs) =>
    combine(
      inputs,
      inputs.map(() => 1),
    ),
  tfjs: { layers: { Add: () => ({}) } },
});
