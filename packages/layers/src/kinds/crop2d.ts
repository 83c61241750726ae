import { MasoError } from "@maso/core";
import { strictObject, tuple } from "valibot";
import { gatherByOffsets, offsetsAlong, range } from "../affine/gather-by-offsets";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { whole } from "../params/numbers";
import { edgesOf, formatProblem } from "../params/tfjs-config";

const edges = tuple([whole(0), whole(0)], "expected a pair of whole numbers of at least 0");

/** An image without its edges: cropping [[top, bottom], [left, right]]. */
export const crop2d = definePlugin({
  kind: "crop2d",
  params: strictObject({ cropping: tuple([edges, edges], "expected [[top, bottom], [left, right]]") }),
  build: ({ cropping }, inputs) => {
    const shape = imageShape(inputs);
    const left = cropping.map(([before, after], axis) => range(shape[axis]! - before - after, before));
    const empty = left.findIndex(({ length }) => length === 0);
    if (empty >= 0)
      throw new MasoError("shape", `of ${shape[empty]} values it cuts off ${cropping[empty]!.join(" and ")}, which leaves none`, {
        at: "cropping",
      });
    return gatherByOffsets(shape, [...left.map((places, axis) => offsetsAlong(shape, axis, places)), offsetsAlong(shape, 2)]);
  },
  tfjs: {
    layers: {
      Cropping2D: ({ config }) => {
        const problem = formatProblem(config);
        return problem ? refuse(problem) : { cropping: edgesOf(config.cropping, 0) };
      },
    },
  },
});
