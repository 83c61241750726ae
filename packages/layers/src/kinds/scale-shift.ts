import { optional, strictObject } from "valibot";
import { ZERO } from "../affine/checked-bias";
import { diagonal } from "../affine/diagonal";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { vector } from "../params/numbers";

/** scale ∘ x + shift: one number each, one per channel, or one per value. */
export const scaleShift = definePlugin({
  kind: "scale-shift",
  params: strictObject({ scale: optional(vector), shift: optional(vector) }),
  build: ({ scale = Float64Array.of(1), shift = ZERO }, inputs) => diagonal(oneInput(inputs), scale, shift),
  tfjs: { layers: { Rescaling: ({ config }) => ({ scale: Number(config.scale ?? 1), shift: Number(config.offset ?? 0) }) } },
});
