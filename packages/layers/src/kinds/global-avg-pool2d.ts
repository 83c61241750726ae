import { boolean, optional, strictObject } from "valibot";
import { sparse, sparseRows } from "../affine/sparse";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { formatProblem } from "../params/tfjs-config";

/** The mean of each channel over the whole image. */
export const globalAvgPool2d = definePlugin({
  kind: "global-avg-pool2d",
  params: strictObject({ keepDims: optional(boolean("expected true or false"), false) }),
  build: ({ keepDims }, inputs) => {
    const [height, width, channels] = imageShape(inputs);
    const pixels = height * width;
    const matrix = sparseRows(1, () => Array.from({ length: pixels }, (_, p): [number, number] => [p, 1 / pixels]), channels);
    return sparse([height, width, channels], keepDims ? [1, 1, channels] : [channels], matrix);
  },
  tfjs: {
    layers: {
      GlobalAveragePooling2D: ({ config }) => {
        const problem = formatProblem(config);
        return problem ? refuse(problem) : { keepDims: config.keepdims === true || config.keep_dims === true };
      },
    },
  },
});
