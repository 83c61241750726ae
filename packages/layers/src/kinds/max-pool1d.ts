import { optional, strictObject } from "valibot";
import { definePlugin, refuse } from "../define-plugin";
import { whole } from "../params/numbers";
import { sequencePadding } from "../params/sequence";
import { sequencePoolConfig } from "../params/sequence-config";
import { sequenceQuantizer } from "../params/window-quantizer";

/** The largest value of each window of a channels-last sequence, one channel at a time; positions outside it do not exist. */
export const maxPool1d = definePlugin({
  kind: "max-pool1d",
  params: strictObject({ poolSize: whole(1), strides: optional(whole(1)), padding: sequencePadding }),
  build: (params, inputs) => sequenceQuantizer(params, inputs, 1),
  tfjs: {
    layers: {
      MaxPooling1D: ({ config }) => {
        const settings = sequencePoolConfig(config);
        return typeof settings === "string" ? refuse(settings) : settings;
      },
    },
  },
});
