import { MasoError } from "@maso/core";
import { strictObject } from "valibot";
import { combine } from "../affine/combine";
import { definePlugin } from "../define-plugin";
import { subtractNode } from "../params/arithmetic-nodes";

/** The first input minus the second; a smaller shape repeats, its axes aligned at the end. */
export const subtract = definePlugin({
  kind: "subtract",
  params: strictObject({}),
  build: (_, inputs) => {
    if (inputs.length !== 2) throw new MasoError("shape", `reads ${inputs.length} inputs; it takes 2`);
    return combine(inputs, [1, -1]);
  },
  tfjs: { layers: { Subtract: () => ({}) }, ops: { Sub: { anyLayout: subtractNode } } },
});
