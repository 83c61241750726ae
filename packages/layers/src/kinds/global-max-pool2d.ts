import { definePlugin } from "../define-plugin";
import { globalMax, globalPoolLayer, globalPoolParams } from "../params/global-pool";
import { imageShape } from "../params/image-shape";

/** The largest value of each channel over an image. */
export const globalMaxPool2d = definePlugin({
  kind: "global-max-pool2d",
  params: globalPoolParams,
  build: ({ keepDims }, inputs) => globalMax(imageShape(inputs), keepDims),
  tfjs: { layers: { GlobalMaxPooling2D: globalPoolLayer } },
});
