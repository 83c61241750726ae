import { optional, strictObject } from "valibot";
import { sparse, sparseRows } from "../affine/sparse";
import { definePlugin, refuse } from "../define-plugin";
import { imageShape } from "../params/image-shape";
import { padding, pair } from "../params/numbers";
import { resolvePadding, windowPositions } from "../params/resolve-padding";
import { poolConfig } from "../params/tfjs-config";

/** The mean over windows, one channel at a time; positions outside the image do not count, as in TensorFlow. */
export const avgPool2d = definePlugin({
  kind: "avg-pool2d",
  params: strictObject({ poolSize: pair(1), strides: optional(pair(1)), padding }),
  build: ({ poolSize, strides = poolSize, padding }, inputs) => {
    const [height, width, channels] = imageShape(inputs);
    const zeros = resolvePadding(padding, [height, width], poolSize, strides, [1, 1]);
    const extents = [
      windowPositions(height, zeros[0], poolSize[0], strides[0], 1),
      windowPositions(width, zeros[1], poolSize[1], strides[1], 1),
    ] as const;
    const covered = (position: number, a: 0 | 1, size: number): number[] =>
      Array.from({ length: poolSize[a] }, (_, i) => position * strides[a] - zeros[a][0] + i).filter((at) => at >= 0 && at < size);
    const entries = (k: number): [number, number][] => {
      const ys = covered(Math.floor(k / extents[1]), 0, height);
      const xs = covered(k % extents[1], 1, width);
      return ys.flatMap((y) => xs.map((x): [number, number] => [y * width + x, 1 / (ys.length * xs.length)]));
    };
    const matrix = sparseRows(extents[0] * extents[1], entries, channels);
    return sparse([height, width, channels], [...extents, channels], matrix);
  },
  tfjs: {
    layers: {
      AveragePooling2D: ({ config }) => {
        const settings = poolConfig(config);
        return typeof settings === "string" ? refuse(settings) : settings;
      },
    },
  },
});
