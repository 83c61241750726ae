import { describe, expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";
import { identityAt, seeded, sequential, tfl } from "./models";

const { layers } = tfl;
const image = [7, 6, 3];

/** What tfjs computes is the oracle: readTfjs throws "mismatch" where the network disagrees with it. */
type Case = readonly [name: string, inputShape: number[], ...layers: tfl.layers.Layer[]];
const cases: readonly Case[] = [
  ["Dense on a vector", [5], layers.dense({ units: 4 })],
  ["Dense without bias", [5], layers.dense({ units: 4, useBias: false })],
  ["Dense on the last axis", [3, 4, 5], layers.dense({ units: 2, activation: "relu" })],
  ...(["valid", "same"] as const).flatMap((padding) =>
    [
      [1, 1],
      [2, 1],
      [1, 2],
    ].map(
      ([strides, dilationRate]) =>
        [
          `Conv2D ${padding}, stride ${strides}, dilation ${dilationRate}`,
          image,
          layers.conv2d({ filters: 4, kernelSize: [3, 2], padding, strides: strides!, dilationRate: dilationRate! }),
        ] as Case,
    ),
  ),
  [
    "Conv2D with stride [2, 3] without bias",
    image,
    layers.conv2d({ filters: 2, kernelSize: 3, strides: [2, 3], useBias: false, padding: "same" }),
  ],
  ...(["valid", "same"] as const).map(
    (padding) =>
      [`DepthwiseConv2D ${padding}`, image, layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding, strides: 2 })] as Case,
  ),
  ...(["valid", "same"] as const).flatMap((padding) => [
    [`MaxPooling2D ${padding}, overlapping`, image, layers.maxPooling2d({ poolSize: 3, strides: 2, padding })] as Case,
    [`AveragePooling2D ${padding}, overlapping`, image, layers.averagePooling2d({ poolSize: 3, strides: 2, padding })] as Case,
  ]),
  ["MaxPooling2D by default", image, layers.maxPooling2d({})],
  ["GlobalAveragePooling2D", image, layers.globalAveragePooling2d({})],
  ["BatchNormalization", image, layers.batchNormalization({ epsilon: 0.01 })],
  ["BatchNormalization without scale and centre", image, layers.batchNormalization({ scale: false, center: false })],
  ["Flatten", image, layers.flatten()],
  ["Reshape", image, layers.reshape({ targetShape: [6, 21] })],
  ["Reshape with a rest", image, layers.reshape({ targetShape: [-1, 9] })],
  [
    "ZeroPadding2D",
    image,
    layers.zeroPadding2d({
      padding: [
        [1, 2],
        [0, 3],
      ],
    }),
  ],
  ["ZeroPadding2D by default", image, layers.zeroPadding2d()],
  ["UpSampling2D", image, layers.upSampling2d({ size: [2, 3] })],
  ["Dropout", [5], layers.dropout({ rate: 0.5 })],
  ["SpatialDropout, noise", [5], layers.gaussianNoise({ stddev: 1 }), layers.gaussianDropout({ rate: 0.3 })],
  ["ReLU", [9], layers.reLU()],
  ["ReLU with max_value", [9], layers.dense({ units: 9 }), layers.reLU({ maxValue: 0.5 })],
  ["LeakyReLU by default", [9], layers.dense({ units: 9 }), layers.leakyReLU()],
  ["LeakyReLU", [9], layers.dense({ units: 9 }), layers.leakyReLU({ alpha: -0.7 })],
  ["PReLU", [3, 4, 2], layers.dense({ units: 2 }), layers.prelu()],
  ["PReLU with shared axes", [3, 4, 2], layers.dense({ units: 2 }), layers.prelu({ sharedAxes: [1, 2] })],
  ["PReLU with one shared axis", [3, 4, 2], layers.dense({ units: 2 }), layers.prelu({ sharedAxes: [2] })],
  ...(["relu", "relu6", "swish", "hardSigmoid", "linear", "sigmoid", "tanh"] as const).map(
    (activation) =>
      [`activation ${activation} within the network`, [5], layers.dense({ units: 30, activation }), layers.dense({ units: 3 })] as Case,
  ),
  ["Activation", [5], layers.activation({ activation: "relu" }), layers.dense({ units: 3 })],
];

describe("every layer that the built-ins read computes what tfjs computes", () => {
  it.each(cases.map(([name, inputShape, ...list]) => ({ name, inputShape, list })))("$name", async ({ inputShape, list }) => {
    const { network, check } = await readTfjs(sequential(inputShape, ...list));
    expect(check).toEqual({ error: expect.any(Number), tolerance: 1e-4 });
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });
});

describe("layers of several inputs", () => {
  it.each([
    ["Add", () => layers.add()],
    ["Maximum", () => layers.maximum()],
    ["Minimum", () => layers.minimum()],
    ["Concatenate on the last axis", () => layers.concatenate()],
    ["Concatenate on the first axis", () => layers.concatenate({ axis: 1 })],
  ] as const)("%s", async (_, merge) => {
    const input = tfl.input({ shape: [4, 3, 2] });
    const branches = [2, 3, 4].map(
      (kernelSize) => layers.conv2d({ filters: 2, kernelSize, padding: "same" }).apply(input) as tfl.SymbolicTensor,
    );
    const model = seeded(tfl.model({ inputs: input, outputs: merge().apply(branches) as tfl.SymbolicTensor }));
    const { network, check } = await readTfjs(model);
    expect(check).toHaveProperty("error");
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });
});
