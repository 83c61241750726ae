import { strictObject } from "valibot";
import { combine } from "../affine/combine";
import { definePlugin } from "../define-plugin";

/** The mean of inputs; smaller shapes repeat, their axes aligned at the end. */
export const average = definePlugin({
  kind: "average",
  params: strictObject({}),
  build: (_, inputs) =>
    combine(
      inputs,
      inputs.map(() => 1 / inputs.length),
    ),
  tfjs: { layers: { Average: () => ({}) } },
});
