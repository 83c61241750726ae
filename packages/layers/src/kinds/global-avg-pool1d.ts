import { definePlugin } from "../define-plugin";
import { globalAverage, globalPoolLayer, globalPoolParams } from "../params/global-pool";
import { sequenceShape } from "../params/sequence";

/** The mean of each channel over a sequence. */
export const globalAvgPool1d = definePlugin({
  kind: "global-avg-pool1d",
  params: globalPoolParams,
  build: ({ keepDims }, inputs) => globalAverage(sequenceShape(inputs), keepDims),
  tfjs: { layers: { GlobalAveragePooling1D: globalPoolLayer } },
});
