import { elementwise } from "@maso/core";
import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";

/** |x| = max(−x, x). */
export const abs = definePlugin({
  kind: "abs",
  params: strictObject({}),
  build: (_, [shape]) => elementwise(shape!, { slopes: [-1, 1] }),
  tfjs: { ops: { Abs: { anyLayout: () => ({}) } } },
});
