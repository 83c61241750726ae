import { forward, random, sizeOf } from "@maso/core";
import { describe, expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";
import { identityAt, sequential, tf, tfl } from "./models";

const { layers } = tfl;
const image = [7, 6, 3];
const sequence = [9, 3];
const paddings = ["valid", "same"] as const;

/** What tfjs computes is the oracle: readTfjs throws "mismatch" where the network disagrees with it. */
type Case = readonly [name: string, inputShape: number[], ...layers: tfl.layers.Layer[]];
const cases: readonly Case[] = [
  ...paddings.flatMap((padding) =>
    [
      [1, 1],
      [2, 1],
      [1, 2],
    ].map(
      ([strides, dilationRate]) =>
        [
          `Conv1D ${padding}, stride ${strides}, dilation ${dilationRate}`,
          sequence,
          layers.conv1d({ filters: 4, kernelSize: 3, padding, strides: strides!, dilationRate: dilationRate! }),
        ] as Case,
    ),
  ),
  ["Conv1D without bias, with an activation", sequence, layers.conv1d({ filters: 2, kernelSize: 4, useBias: false, activation: "relu" })],
  ...paddings.flatMap((padding) =>
    [1, 2, [3, 2], 4].map(
      (strides) =>
        [
          `Conv2DTranspose ${padding}, kernel 3 × 2, stride ${strides}`,
          [3, 4, 2],
          layers.conv2dTranspose({ filters: 3, kernelSize: [3, 2], padding, strides: strides as number }),
        ] as Case,
    ),
  ),
  [
    "Conv2DTranspose without bias, with an activation",
    [3, 4, 2],
    layers.conv2dTranspose({ filters: 3, kernelSize: 2, useBias: false, activation: "relu" }),
  ],
  ...paddings.flatMap((padding) => [
    [`SeparableConv2D ${padding}, strided`, image, layers.separableConv2d({ filters: 4, kernelSize: 3, padding, strides: 2 })] as Case,
    [
      `SeparableConv2D ${padding}, dilated`,
      image,
      layers.separableConv2d({
        filters: 4,
        kernelSize: [2, 3],
        padding,
        dilationRate: 2,
        depthMultiplier: 2,
        useBias: false,
        activation: "relu",
      }),
    ] as Case,
    [`AveragePooling1D ${padding}`, sequence, layers.averagePooling1d({ poolSize: 3, strides: 2, padding })] as Case,
    [`MaxPooling1D ${padding}`, sequence, layers.maxPooling1d({ poolSize: 3, strides: 2, padding })] as Case,
  ]),
  ["AveragePooling1D by default", sequence, layers.averagePooling1d({})],
  ["MaxPooling1D by default", sequence, layers.maxPooling1d({})],
  ["GlobalAveragePooling1D", sequence, layers.globalAveragePooling1d({})],
  ["GlobalMaxPooling1D", sequence, layers.globalMaxPooling1d({})],
  ["GlobalMaxPooling2D", image, layers.globalMaxPooling2d({})],
  ["UpSampling2D bilinear", image, layers.upSampling2d({ size: [2, 3], interpolation: "bilinear" })],
  ["UpSampling2D nearest", image, layers.upSampling2d({ size: [3, 1], interpolation: "nearest" })],
];

describe("every layer of images and sequences computes what tfjs computes", () => {
  it.each(cases.map(([name, inputShape, ...list]) => ({ name, inputShape, list })))("$name", async ({ inputShape, list }) => {
    const { network, check } = await readTfjs(sequential(inputShape, ...list));
    expect(check).toEqual({ error: expect.any(Number), tolerance: 1e-4 });
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });
});

/** tfjs hands the layers of a model lists of tensors, which this one cannot take: it runs by itself only. */
describe("Resizing computes what the layer of tfjs computes", () => {
  const sizes = [
    [5, 9],
    [1, 6],
    [7, 6],
  ];
  const all = (["bilinear", "nearest"] as const).flatMap((interpolation) =>
    [true, false].flatMap((cropToAspectRatio) => sizes.map(([height, width]) => ({ interpolation, cropToAspectRatio, height, width }))),
  );
  it.each(all)("%j", async (settings) => {
    const { normal } = random(3);
    const x = Float32Array.from({ length: sizeOf(image) }, normal);
    const layer = layers.resizing({ ...settings, height: settings.height!, width: settings.width! });
    const expected = (layer.apply(tf.tensor(x, [1, ...image])) as tf.Tensor).dataSync();
    const { interpolation, cropToAspectRatio: crop_to_aspect_ratio, height, width } = settings;
    const { network } = await readTfjs(holding("Resizing", { interpolation, crop_to_aspect_ratio, height, width }, image), {
      check: false,
    });
    forward(network!, Float64Array.from(x)).forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 5));
  });
});

describe("what tfjs ignores or cannot compute is refused", () => {
  it.each([
    ["Conv1D", { padding: "causal", kernel_size: [2] }, "padding causal is not supported; it needs to be valid or same", sequence],
    ["Conv2DTranspose", { output_padding: [1, 1] }, "TensorFlow.js ignores output_padding [1,1]", image],
    ["Conv2DTranspose", { dilation_rate: [2, 1] }, "TensorFlow.js ignores dilation_rate [2,1]", image],
    ["GlobalMaxPooling2D", { keepdims: true }, "TensorFlow.js ignores keepdims and gives a vector of channels", image],
    ["GlobalAveragePooling1D", { keepdims: true }, "TensorFlow.js ignores keepdims and gives a vector of channels", sequence],
    ["UpSampling2D", { interpolation: "bicubic" }, "TensorFlow.js has no interpolation bicubic; it has nearest and bilinear", image],
    [
      "Resizing",
      { height: 2, width: 2, interpolation: "area" },
      "TensorFlow.js has no interpolation area; it has nearest and bilinear",
      image,
    ],
    [
      "AveragePooling1D",
      { data_format: "channels_first" },
      "data_format channels_first is not supported; images need to be channels_last",
      sequence,
    ],
  ])("%s %j", async (className, config, reason, inputShape) => {
    const { network, refused } = await readTfjs(holding(className, config, inputShape), { check: false });
    expect(network).toBeNull();
    expect(refused).toEqual([expect.objectContaining({ reason })]);
  });
});

function holding(className: string, config: object, inputShape: readonly number[]) {
  const layer = { class_name: className, config: { name: "it", batch_input_shape: [null, ...inputShape], ...config } };
  return { format: "layers-model", modelTopology: { class_name: "Sequential", config: { name: "model", layers: [layer] } } };
}
