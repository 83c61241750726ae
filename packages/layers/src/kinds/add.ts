import { strictObject } from "valibot";
import { combine } from "../affine/combine";
import { definePlugin } from "../define-plugin";
import { addNNode, addNode } from "../params/arithmetic-nodes";

/** The sum of inputs; smaller shapes repeat, their axes aligned at the end. */
export const add = definePlugin({
  kind: "add",
  params: strictObject({}),
  build: (_, inputs) =>
    combine(
      inputs,
      inputs.map(() => 1),
    ),
  tfjs: {
    layers: { Add: () => ({}) },
    ops: { Add: { anyLayout: addNode }, AddV2: { anyLayout: addNode }, AddN: { anyLayout: addNNode } },
  },
});
