import { quantizer } from "@maso/core";
import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";

/** The largest of the values that m branches of one shape have at each place. */
export const maximum = definePlugin({
  kind: "maximum",
  params: strictObject({}),
  build: (_, inputs) => quantizer({ inputs, output: inputs[0]!, reads: { type: "elementwise" }, pieces: "values" }),
  tfjs: { layers: { Maximum: () => ({}) } },
});
