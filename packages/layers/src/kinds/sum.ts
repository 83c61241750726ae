import { strictObject } from "valibot";
import { weightedSums } from "../affine/weighted-sums";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { reductionNode, reductionParams } from "../params/reduction";

/** The sum over axes (all where absent). */
export const sum = definePlugin({
  kind: "sum",
  params: strictObject(reductionParams),
  build: (params, inputs) => weightedSums(oneInput(inputs), params, () => 1),
  tfjs: { ops: { Sum: (node) => reductionNode(node, "sum") } },
});
