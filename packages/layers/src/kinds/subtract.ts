import { MasoError } from "@maso/core";
import { strictObject } from "valibot";
import { combine } from "../affine/combine";
import { definePlugin } from "../define-plugin";

/** The first input minus the second. */
export const subtract = definePlugin({
  kind: "subtract",
  params: strictObject({}),
  build: (_, inputs) => {
    if (inputs.length !== 2) throw new MasoError("shape", `reads ${inputs.length} inputs; it takes 2`);
    return combine(inputs, [1, -1]);
  },
  tfjs: { layers: { Subtract: () => ({}) } },
});
