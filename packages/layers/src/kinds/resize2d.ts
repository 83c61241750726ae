import { boolean, check, optional, pipe, strictObject } from "valibot";
import { resize } from "../affine/resize";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { pair } from "../params/numbers";
import { configMethod, resizeMethod } from "../params/resize-method";
import { resizeAttributes } from "../params/tfjs-op-attributes";

const flag = optional(boolean("expected true or false"), false);

/** An image made another size [height, width]; `resize` says how. */
export const resize2d = definePlugin({
  kind: "resize2d",
  params: pipe(
    strictObject({
      size: pair(1),
      method: optional(resizeMethod, "bilinear"),
      alignCorners: flag,
      halfPixelCenters: flag,
    }),
    check(
      ({ alignCorners, halfPixelCenters }) => !(alignCorners && halfPixelCenters),
      "expected aligned corners or half-pixel centres, got both",
    ),
  ),
  build: ({ size, ...how }, inputs) => resize(imageShape(inputs), size, how),
  tfjs: {
    layers: {
      // Whatever Keras means by it, TensorFlow.js aligns the corners unless the aspect ratio is to be kept, and then crops nothing.
      Resizing: ({ config }) => {
        const how = configMethod(config.interpolation, "bilinear");
        if (typeof how === "string") return refuse(how);
        return { ...how, size: [Number(config.height), Number(config.width)] as const, alignCorners: config.crop_to_aspect_ratio !== true };
      },
    },
    ops: {
      ResizeBilinear: (node) => resizeAttributes(node, "bilinear"),
      ResizeNearestNeighbor: (node) => resizeAttributes(node, "nearest"),
    },
  },
});
