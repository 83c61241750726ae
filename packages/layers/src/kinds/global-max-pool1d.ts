import { definePlugin } from "../define-plugin";
import { globalMax, globalPoolLayer, globalPoolParams } from "../params/global-pool";
import { sequenceShape } from "../params/sequence";

/** The largest value of each channel over a sequence. */
export const globalMaxPool1d = definePlugin({
  kind: "global-max-pool1d",
  params: globalPoolParams,
  build: ({ keepDims }, inputs) => globalMax(sequenceShape(inputs), keepDims),
  tfjs: { layers: { GlobalMaxPooling1D: globalPoolLayer } },
});
