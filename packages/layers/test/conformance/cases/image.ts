import type { ConformanceCase } from "../../../src/testing";
import { on, weights } from "./case";

/** Convolutions, pooling and resizing. */
export const imageCases: Readonly<Record<string, readonly ConformanceCase[]>> = {
  "avg-pool1d": [
    on([[6, 2]], { poolSize: 2 }),
    on([[7, 2]], { poolSize: 3, strides: 2, padding: "same" }),
    on([[4, 1]], { poolSize: 3, strides: 1, padding: [1, 2] }),
  ],
  conv1d: [
    on([[6, 2]], { kernel: weights(3, 2, 3), bias: weights(3) }, "valid"),
    on([[7, 2]], { kernel: weights(3, 2, 2), strides: 2, padding: "same" }, "same, strided"),
    on([[5, 1]], { kernel: weights(2, 1, 2), padding: [2, 0], bias: 0.5 }, "causal"),
    on([[7, 1]], { kernel: weights(3, 1, 1), dilations: 2 }, "dilated"),
    on([[4, 4]], { kernel: weights(2, 2, 6), groups: 2 }, "grouped"),
  ],
  "conv2d-transpose": [
    on([[3, 2, 2]], { kernel: weights(3, 2, 3, 2), bias: weights(3) }, "valid"),
    on([[2, 3, 2]], { kernel: weights(3, 3, 1, 2), strides: [2, 1], padding: "same", bias: 1 }, "same, strided"),
    on([[2, 2, 1]], { kernel: weights(2, 1, 2, 1), strides: 3 }, "strides beyond the kernel"),
    on(
      [[3, 2, 1]],
      {
        kernel: weights(3, 3, 1, 1),
        strides: 2,
        padding: [
          [1, 0],
          [0, 2],
        ],
      },
      "explicit padding",
    ),
    on([[3, 3, 1]], { kernel: weights(3, 3, 2, 1), strides: 2, padding: "same", outputSize: [5, 6] }, "output of a given size"),
    on([[2, 2, 1]], { kernel: weights(2, 2, 1, 1), dilations: 2 }, "dilated"),
    on([[2, 2, 4]], { kernel: weights(2, 2, 1, 4), groups: 2, bias: weights(2) }, "grouped"),
  ],
  "depth-to-space": [on([[2, 1, 8]], { blockSize: 2 }), on([[1, 2, 9]], { blockSize: 3 })],
  "global-avg-pool1d": [on([[4, 3]]), on([[4, 3]], { keepDims: true })],
  "global-max-pool1d": [on([[4, 3]]), on([[4, 3]], { keepDims: true })],
  "global-max-pool2d": [on([[2, 3, 2]]), on([[2, 3, 2]], { keepDims: true })],
  "max-pool1d": [
    on([[6, 2]], { poolSize: 2 }),
    on([[7, 2]], { poolSize: 3, strides: 2, padding: "same" }),
    on([[4, 1]], { poolSize: 2, strides: 1, padding: [1, 0] }),
  ],
  resize2d: [
    on([[2, 3, 2]], { size: [5, 4] }, "bilinear"),
    on([[3, 2, 1]], { size: [5, 1], alignCorners: true }, "bilinear, corners aligned"),
    on([[4, 3, 1]], { size: [3, 7], halfPixelCenters: true }, "bilinear, half-pixel centres"),
    on([[4, 3, 2]], { size: [3, 5], method: "nearest" }, "nearest"),
    on([[4, 3, 1]], { size: [7, 2], method: "nearest", alignCorners: true }, "nearest, corners aligned"),
    on([[2, 5, 1]], { size: 3, method: "nearest", halfPixelCenters: true }, "nearest, half-pixel centres"),
  ],
  "space-to-depth": [on([[4, 2, 2]], { blockSize: 2 }), on([[3, 6, 1]], { blockSize: 3 })],
  upsample2d: [on([[2, 3, 2]], { size: [2, 3] }), on([[2, 3, 2]], { size: [3, 2], interpolation: "bilinear" })],
};
