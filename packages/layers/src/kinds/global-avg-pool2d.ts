import { definePlugin } from "../define-plugin";
import { globalAverage, globalPoolLayer, globalPoolParams } from "../params/global-pool";
import { imageShape } from "../params/image-shape";

/** The mean of each channel over an image. */
export const globalAvgPool2d = definePlugin({
  kind: "global-avg-pool2d",
  params: globalPoolParams,
  build: ({ keepDims }, inputs) => globalAverage(imageShape(inputs), keepDims),
  tfjs: { layers: { GlobalAveragePooling2D: globalPoolLayer } },
});
