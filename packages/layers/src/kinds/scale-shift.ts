import { optional, strictObject } from "valibot";
import { diagonal } from "../affine/diagonal";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { vector } from "../params/numbers";

/** scale ∘ x + shift: one number each, one per channel, or one per value. */
export const scaleShift = definePlugin({
  kind: "scale-shift",
  params: strictObject({ scale: optional(vector, 1), shift: optional(vector, 0) }),
  build: ({ scale, shift }, inputs) => diagonal(oneInput(inputs), scale, shift),
  tfjs: { layers: { Rescaling: ({ config }) => ({ scale: Number(config.scale ?? 1), shift: Number(config.offset ?? 0) }) } },
});
