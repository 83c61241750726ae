import type { ConformanceCase } from "../../../src/testing";
import { on, weights } from "./case";

const image = [3, 4, 2];

/** Layers that move values and sum them. */
export const movesCases: Readonly<Record<string, readonly ConformanceCase[]>> = {
  add: [on([[2, 3], [3], [1, 3]], undefined, "branches that repeat"), on([[1], [2, 2]])],
  average: [
    on([[3], [3], [3]]),
    on(
      [
        [2, 2],
        [2, 1],
      ],
      undefined,
      "branches that repeat",
    ),
  ],
  broadcast: [on([[3]], { shape: [2, 3] }), on([[2, 1, 3]], { shape: [4, 2, 2, 3] }), on([[]], { shape: [3] }, "of one number")],
  crop2d: [
    on([[4, 5, 2]], {
      cropping: [
        [1, 0],
        [2, 1],
      ],
    }),
  ],
  mean: [on([image], { axes: [0, 1] }), on([image], { axes: [-1], keepDims: true }), on([image], { axes: [0, 2] }), on([[5]])],
  pad: [
    on(
      [image],
      {
        paddings: [
          [1, 0],
          [0, 2],
          [1, 1],
        ],
      },
      "with zeros",
    ),
    on([[2, 2]], {
      paddings: [
        [1, 0],
        [0, 1],
      ],
      value: -1.5,
    }),
    on([[3, 4]], {
      paddings: [
        [2, 1],
        [0, 3],
      ],
      mode: "reflect",
    }),
    on([[3, 2]], {
      paddings: [
        [3, 1],
        [0, 2],
      ],
      mode: "symmetric",
    }),
  ],
  permute: [on([image], { axes: [2, 0, 1] }), on([[2, 3]], { axes: [1, 0] })],
  reverse: [on([image], { axes: [0, -1] })],
  slice: [
    on([[5, 4]], { begin: [1, -3], end: [-1, null] }),
    on([[5, 4]], { begin: [null, 3], end: [null, 0], strides: [-2, -1] }),
    on([image], { begin: [1] }, "of the first axis only"),
  ],
  stack: [
    on([
      [2, 3],
      [2, 3],
    ]),
    on(
      [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
      { axis: -1 },
    ),
    on([[2], [2]], { axis: 1 }),
  ],
  subtract: [on([[2, 3], [3]], undefined, "branches that repeat")],
  sum: [on([image]), on([image], { axes: [1] }), on([image], { axes: [0, 1, 2], keepDims: true }), on([[1, 3]], { axes: [0] })],
  take: [on([[2, 4]], { indices: [3, 0, 0], axis: 1 }), on([[3, 2]], { indices: [[0, 2]] }, "indices of two axes")],
  tile: [on([[2, 3]], { multiples: [3, 2] }), on([[3]], { multiples: [2, 1] }, "a vector repeated")],
  "time-distributed": [
    on([[3, 4]], { layer: { kind: "dense", params: { weight: weights(2, 4), bias: weights(2) } } }, "dense"),
    on([[2, 4, 4, 1]], { layer: { kind: "conv2d", params: { kernel: weights(2, 2, 1, 2), bias: [1, -1] } } }, "conv2d"),
    on([[3, 2, 2]], { layer: { kind: "flatten" } }),
    on([[2, 3]], { layer: { kind: "relu" } }),
    on([[2, 3]], { layer: { kind: "prelu", params: { alpha: [-0.5, 1, 3] } } }),
    on([[2, 4, 4, 2]], { layer: { kind: "max-pool2d", params: { poolSize: 3, strides: 2, padding: "same" } } }),
    on([[2, 6]], { layer: { kind: "maxout", params: { pieces: 3 } } }),
    on([[2, 3]], { layer: { kind: "time-distributed", params: { layer: { kind: "swish" } } } }, "nested"),
  ],
};
