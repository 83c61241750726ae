import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";
import { extremeNode, extremeOfBranches } from "../params/branches";

/** The largest of the values that branches have at each place; smaller shapes repeat, their axes aligned at the end. */
export const maximum = definePlugin({
  kind: "maximum",
  params: strictObject({}),
  build: (_, inputs) => extremeOfBranches(inputs, "pieces"),
  tfjs: { layers: { Maximum: () => ({}) }, ops: { Maximum: { anyLayout: (node) => extremeNode(node, "maximum") } } },
});
