import { checkShape } from "@maso/core";
import { strictObject, tuple } from "valibot";
import { gather } from "../affine/gather";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { whole } from "../params/numbers";
import { formatProblem } from "../params/tfjs-config";

const edges = tuple([whole(0), whole(0)], "expected a pair of whole numbers of at least 0");

/** Zeros around an image: padding [[top, bottom], [left, right]]. */
export const zeroPad2d = definePlugin({
  kind: "zero-pad2d",
  params: strictObject({ padding: tuple([edges, edges], "expected [[top, bottom], [left, right]]") }),
  build: ({ padding: [[top, bottom], [left, right]] }, inputs) => {
    const [height, width, channels] = imageShape(inputs);
    const output = [height + top + bottom, width + left + right, channels] as const;
    checkShape("zero-pad2d", output);
    const index = Int32Array.from({ length: output[0] * output[1] * channels }, (_, k) => {
      const y = Math.floor(k / channels / output[1]) - top;
      const x = (Math.floor(k / channels) % output[1]) - left;
      return y < 0 || y >= height || x < 0 || x >= width ? -1 : (y * width + x) * channels + (k % channels);
    });
    return gather([[height, width, channels]], output, index);
  },
  tfjs: {
    layers: {
      ZeroPadding2D: ({ config }) => {
        const problem = formatProblem(config);
        return problem ? refuse(problem) : { padding: kerasPadding(config.padding) };
      },
    },
  },
});

/** Keras: p, [height, width] or [[top, bottom], [left, right]]; 1 where absent. */
function kerasPadding(padding: unknown): [[number, number], [number, number]] {
  const axes = Array.isArray(padding) ? padding : [padding ?? 1, padding ?? 1];
  const edge = (axis: unknown): [number, number] =>
    Array.isArray(axis) ? [Number(axis[0]), Number(axis[1])] : [Number(axis), Number(axis)];
  return [edge(axes[0]), edge(axes[1])];
}
