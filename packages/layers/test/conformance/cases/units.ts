import type { ConformanceCase } from "../../../src/testing";
import { on, weights } from "./case";
import { firstCases } from "./first";

/** Nonlinearities. */
export const unitsCases: Readonly<Record<string, readonly ConformanceCase[]>> = {
  clip: [
    ...firstCases.clip!,
    on([[5]], { min: -0.5 }, "from below"),
    on([[5]], { max: 1.25 }, "from above"),
    on([[5]], { max: 0, slope: -2, offset: 1 }, "from above, falling"),
    on([[2, 3]], { min: [-1, 0, 0.5], max: 1 }, "bounds of each channel"),
    on([[2, 2]], { min: weights(4).data }, "bounds of each value"),
    on([[2, 2]], { min: [-1, -2], max: [1, 2, 3, 4], slope: 2 }, "bounds of each channel and of each value"),
  ],
  "group-sort": [on([[6]]), on([[2, 3, 4]], { size: 2 })],
  max: [
    on([[5]]),
    on([[2, 3, 2]], { axes: [-1] }, "over channels"),
    on([[2, 3, 2]], { axes: [0, 1], keepDims: true }, "over an image"),
    on([[2, 3, 2]], { axes: [2, 0] }),
    on([[4]], { axes: [] }, "over nothing"),
  ],
  maximum: [...firstCases.maximum!, on([[2, 3], [3], [2, 1]], undefined, "of shapes that repeat")],
  min: [on([[5]]), on([[2, 3, 2]], { axes: [1] }), on([[2, 3, 2]], { axes: [0, -1], keepDims: true })],
  minimum: [
    ...firstCases.minimum!,
    on(
      [
        [2, 1],
        [1, 3],
      ],
      undefined,
      "of shapes that repeat",
    ),
  ],
  prelu: [
    ...firstCases.prelu!,
    on([[4]], { alpha: 0.25, slope: 0.5 }),
    on([[4]], { alpha: [-3, 2, 0, 1], slope: [-1, 0.5, 0, 1] }, "slopes on both sides"),
    on([[2, 3]], { alpha: [[0.1], [2]], slope: [1.5, -2, 0.2] }, "slopes that repeat along different axes"),
  ],
  relu: [
    ...firstCases.relu!,
    on([[6]], { max_value: 2 }),
    on([[6]], { negativeSlope: 0.25 }),
    on([[6]], { negative_slope: 3 }, "concave"),
    on([[6]], { max_value: 1.5, negative_slope: -0.5 }),
    on([[6]], { threshold: 1 }, "with a jump"),
    on([[6]], { threshold: -0.75, negativeSlope: 2 }, "with a jump, a threshold below 0"),
    on([[6]], { maxValue: 3, threshold: 1, negativeSlope: 0.5 }, "with a jump and a maximum"),
    on([[6]], { maxValue: -1, threshold: -2 }, "with a jump and a maximum below 0"),
    on([[6]], { maxValue: 1, threshold: 2, negativeSlope: 0.5 }, "with a maximum below the threshold"),
    on([[6]], { maxValue: 0 }, "that is 0 everywhere"),
  ],
  "thresholded-relu": [on([[6]]), on([[6]], { theta: 0.3 }), on([[6]], { theta: -1 }), on([[6]], { theta: 0 }, "without a jump")],
};
