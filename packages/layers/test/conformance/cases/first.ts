import type { ConformanceCase } from "../../../src/testing";
import { on, weights } from "./case";

/** What the layers of the first release are tested on. */
export const firstCases: Readonly<Record<string, readonly ConformanceCase[]>> = {
  abs: [on([[5]])],
  add: [
    on([
      [2, 3],
      [2, 3],
    ]),
    on([[4], [4], [4]]),
  ],
  "avg-pool2d": [
    on([[5, 4, 2]], { poolSize: 2 }),
    on([[5, 4, 2]], { poolSize: [3, 2], strides: 2, padding: "same" }),
    on([[3, 3, 1]], {
      poolSize: 2,
      strides: 1,
      padding: [
        [1, 0],
        [0, 1],
      ],
    }),
  ],
  "batch-norm": [
    on([[3, 2, 2]], { gamma: [1.5, -0.5], beta: [0.1, 2], mean: [1, -1], variance: [0.5, 3] }),
    on([[2, 3]], { mean: [1, 2], variance: [1, 4], axis: 0, epsilon: 0.1 }),
  ],
  clip: [
    on([[6]], { min: -1, max: 2 }),
    on([[6]], { min: 0, max: 6 }),
    on([[6]], { min: 0, max: 1, slope: 0.2, offset: 0.5 }),
    on([[4]], { min: 0.1, max: 0.7, slope: -0.3 }),
    on([[3]], { min: 1, max: 1 }),
  ],
  concat: [
    on([
      [2, 3],
      [2, 1],
    ]),
    on(
      [
        [1, 3],
        [2, 3],
      ],
      { axis: 0 },
    ),
    on(
      [
        [2, 2, 2],
        [2, 1, 2],
        [2, 3, 2],
      ],
      { axis: 1 },
    ),
  ],
  conv2d: [
    on([[5, 4, 2]], { kernel: weights(3, 2, 2, 3), bias: weights(3) }, "valid"),
    on([[5, 4, 2]], { kernel: weights(3, 2, 2, 3), strides: [2, 1], padding: "same" }, "same, strided"),
    on(
      [[4, 4, 1]],
      {
        kernel: weights(2, 2, 1, 2),
        padding: [
          [1, 0],
          [2, 1],
        ],
        bias: weights(2),
      },
      "explicit padding",
    ),
    on([[5, 5, 1]], { kernel: weights(2, 2, 1, 2), dilations: 2 }, "dilated"),
    on([[4, 3, 4]], { kernel: weights(2, 2, 2, 6), groups: 2, padding: "same" }, "grouped"),
    on([[3, 3, 3]], { kernel: weights(1, 1, 3, 2) }, "1 × 1"),
  ],
  dense: [
    on([[4]], { weight: weights(3, 4), bias: weights(3) }),
    on([[2, 2, 3]], { weight: weights(2, 3) }),
    on(
      [[3]],
      {
        weight: [
          [0, 0, 0],
          [1, 2, 3],
        ],
      },
      "with a zero row",
    ),
  ],
  "depthwise-conv2d": [
    on([[4, 4, 3]], { kernel: weights(2, 3, 3, 1), bias: weights(3) }),
    on([[5, 4, 2]], { kernel: weights(3, 3, 2, 2), strides: 2, padding: "same", dilations: 1 }),
    on([[4, 4, 1]], { kernel: weights(2, 2, 1, 3) }, "one channel"),
  ],
  flatten: [on([[2, 3, 2]])],
  "global-avg-pool2d": [on([[3, 2, 2]]), on([[3, 2, 2]], { keepDims: true })],
  identity: [on([[4]])],
  "leaky-relu": [on([[5]], { alpha: 0.2 }), on([[5]], { alpha: -0.5 }), on([[5]], { alpha: 0 })],
  "max-pool2d": [
    on([[4, 4, 2]], { poolSize: 2 }),
    on([[5, 4, 1]], { poolSize: 3, strides: 2, padding: "same" }),
    on([[3, 3, 1]], {
      poolSize: 2,
      strides: 1,
      padding: [
        [1, 0],
        [0, 1],
      ],
    }),
  ],
  maximum: [
    on([[4], [4]]),
    on([
      [2, 2],
      [2, 2],
      [2, 2],
    ]),
  ],
  maxout: [on([[6]], { pieces: 3 }), on([[2, 4]], { pieces: 2 })],
  minimum: [on([[4], [4]])],
  prelu: [
    on([[5]], { alpha: 0.25 }),
    on([[4]], { alpha: [-0.5, 1, 3, 0.2] }, "mixed slopes"),
    on([[3]], { alpha: [2, 6.2, 1.5] }, "concave"),
    on([[2, 2, 3]], { alpha: [[[0.1, 2, -1]]] }, "one slope a channel"),
    on([[4]], { alpha: 1 }, "no facet at all"),
  ],
  relu: [on([[6]]), on([[2, 2, 2]])],
  reshape: [on([[2, 6]], { shape: [3, 4] }), on([[12]], { shape: [2, -1, 3] })],
  "scale-shift": [
    on([[2, 3]], { scale: 0.5, shift: -1 }),
    on([[2, 3]], { scale: [1, -2, 0], shift: [0.1, 0.2, 0.3] }),
    on([[2, 2]], { scale: [1, 2, 3, 4] }),
  ],
  sigmoid: [on([[5]])],
  "softmax-pool2d": [on([[4, 4, 1]], { poolSize: 2 }), on([[3, 3, 2]], { poolSize: 2, strides: 1, padding: "same" })],
  subtract: [
    on([
      [3, 2],
      [3, 2],
    ]),
  ],
  swish: [on([[5]])],
  tanh: [on([[5]])],
  upsample2d: [on([[2, 3, 2]], { size: [2, 3] })],
  "zero-pad2d": [
    on([[2, 3, 2]], {
      padding: [
        [1, 0],
        [2, 1],
      ],
    }),
  ],
};
