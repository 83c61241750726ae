import { optional, strictObject } from "valibot";
import { definePlugin } from "../define-plugin";
import { padding, pair } from "../params/numbers";
import { windowQuantizer } from "../params/window-quantizer";

/** Σ u_i softmax(ηu)_i over windows, β = ½ (η = 1): max-pooling made soft ([HS] arXiv 1810.09274). */
export const softmaxPool2d = definePlugin({
  kind: "softmax-pool2d",
  params: strictObject({ poolSize: pair(1), strides: optional(pair(1)), padding }),
  build: (params, inputs) => windowQuantizer(params, inputs, 0.5),
});
