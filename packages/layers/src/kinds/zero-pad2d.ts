import { checkShape } from "@maso/core";
import { strictObject, tuple } from "valibot";
import { gatherByOffsets, offsetsAlong, range } from "../affine/gather-by-offsets";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { whole } from "../params/numbers";
import { edgesOf, formatProblem } from "../params/tfjs-config";

const edges = tuple([whole(0), whole(0)], "expected a pair of whole numbers of at least 0");

/** Zeros around an image: padding [[top, bottom], [left, right]]. */
export const zeroPad2d = definePlugin({
  kind: "zero-pad2d",
  params: strictObject({ padding: tuple([edges, edges], "expected [[top, bottom], [left, right]]") }),
  build: ({ padding }, inputs) => {
    const shape = imageShape(inputs);
    checkShape(
      "zero-pad2d",
      shape.map((extent, axis) => extent + (padding[axis]?.[0] ?? 0) + (padding[axis]?.[1] ?? 0)),
    );
    checkShape("zero-pad2d", [shape[0] + padding[0][0] + padding[0][1], shape[1] + padding[1][0] + padding[1][1], shape[2]]);
    const places = padding.map(([before, after], axis) =>
      range(before + shape[axis]! + after, -before).map((at) => (at < shape[axis]! ? Math.max(at, -1) : -1)),
    );
    return gatherByOffsets(shape, [...places.map((each, axis) => offsetsAlong(shape, axis, each)), offsetsAlong(shape, 2)]);
  },
  tfjs: {
    layers: {
      ZeroPadding2D: ({ config }) => {
        const problem = formatProblem(config);
        return problem ? refuse(problem) : { padding: edgesOf(config.padding, 1) };
      },
    },
  },
});
