import { strictObject } from "valibot";
import { weightedSums } from "../affine/weighted-sums";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { reductionNode, reductionParams } from "../params/reduction";

/** The mean over axes (all where absent). */
export const mean = definePlugin({
  kind: "mean",
  params: strictObject(reductionParams),
  build: (params, inputs) => weightedSums(oneInput(inputs), params, (arity) => 1 / arity),
  tfjs: { ops: { Mean: (node) => reductionNode(node, "mean") } },
});
