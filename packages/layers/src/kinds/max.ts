import { quantizer } from "@maso/core";
import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { reduction, reductionNode, reductionParams } from "../params/reduction";

/** The largest value over axes (all where absent): over channels, over an image, over everything. */
export const max = definePlugin({
  kind: "max",
  params: strictObject(reductionParams),
  build: (params, inputs) => {
    const shape = oneInput(inputs);
    const { output, arity, table } = reduction(shape, params);
    return quantizer({ inputs: [shape], output, reads: { type: "indices", arity, table }, pieces: "values", selectors: "pieces" });
  },
  tfjs: { ops: { Max: (node) => reductionNode(node, "max") } },
});
