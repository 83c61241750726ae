import { optional, strictObject } from "valibot";
import { averagePool } from "../affine/average-pool";
import { definePlugin, refuse } from "../define-plugin";
import { whole } from "../params/numbers";
import { columnPadding, onSequences, sequencePadding, sequenceShape } from "../params/sequence";
import { sequencePoolConfig } from "../params/sequence-config";

/** The mean over windows of a channels-last sequence, one channel at a time; positions outside it do not count, as in TensorFlow. */
export const avgPool1d = definePlugin({
  kind: "avg-pool1d",
  params: strictObject({ poolSize: whole(1), strides: optional(whole(1)), padding: sequencePadding }),
  build: ({ poolSize, strides = poolSize, padding }, inputs) => {
    const [length, channels] = sequenceShape(inputs);
    const column = { poolSize: [poolSize, 1], strides: [strides, 1], padding: columnPadding(padding) } as const;
    return onSequences(averagePool(column, [length, 1, channels]));
  },
  tfjs: {
    layers: {
      AveragePooling1D: ({ config }) => {
        const settings = sequencePoolConfig(config);
        return typeof settings === "string" ? refuse(settings) : settings;
      },
    },
  },
});
