import { checkShape } from "@maso/core";
import { optional, strictObject } from "valibot";
import { pickPixels, resize } from "../affine/resize";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { pair } from "../params/numbers";
import { configMethod, resizeMethod } from "../params/resize-method";
import { configPair, formatProblem } from "../params/tfjs-config";

/**
 * An image size[0] times as high and size[1] times as wide: every pixel repeated, or lines between the pixels' first corners
 * ("bilinear", as TensorFlow.js draws them: neither with aligned corners nor with half-pixel centres).
 */
export const upsample2d = definePlugin({
  kind: "upsample2d",
  params: strictObject({
    size: optional(pair(1), 2),
    interpolation: optional(resizeMethod, "nearest"),
  }),
  build: ({ size, interpolation }, inputs) => {
    const image = imageShape(inputs);
    const extents = [image[0] * size[0], image[1] * size[1]] as const;
    checkShape("upsample2d", [...extents, image[2]]);
    if (interpolation === "bilinear")
      return resize(image, extents, { method: interpolation, alignCorners: false, halfPixelCenters: false });
    const repeated = (a: 0 | 1): number[] => Array.from({ length: extents[a] }, (_, k) => Math.floor(k / size[a]));
    return pickPixels(image, repeated(0), repeated(1));
  },
  tfjs: {
    layers: {
      UpSampling2D: ({ config }) => {
        const problem = formatProblem(config);
        if (problem) return refuse(problem);
        const how = configMethod(config.interpolation, "nearest");
        return typeof how === "string" ? refuse(how) : { size: configPair(config.size, 2), interpolation: how.method };
      },
    },
  },
});
