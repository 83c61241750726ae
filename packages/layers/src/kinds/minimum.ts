import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";
import { extremeNode, extremeOfBranches } from "../params/branches";

/** The smallest of the values that branches have at each place; smaller shapes repeat, their axes aligned at the end. */
export const minimum = definePlugin({
  kind: "minimum",
  params: strictObject({}),
  build: (_, inputs) => extremeOfBranches(inputs, "-pieces"),
  tfjs: { layers: { Minimum: () => ({}) }, ops: { Minimum: { anyLayout: (node) => extremeNode(node, "minimum") } } },
});
