import { describe, expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";
import { identityAt, seeded, sequential, tfl } from "./models";

const { layers } = tfl;
const image = [5, 6, 3];

type Case = readonly [name: string, inputShape: number[], ...layers: tfl.layers.Layer[]];
const cases: readonly Case[] = [
  ["Permute", image, layers.permute({ dims: [3, 1, 2] })],
  ["Permute of two axes", [4, 3], layers.permute({ dims: [2, 1] }), layers.dense({ units: 2 })],
  [
    "Cropping2D",
    image,
    layers.cropping2D({
      cropping: [
        [1, 2],
        [0, 3],
      ],
    }),
  ],
  ["RepeatVector", [4], layers.repeatVector({ n: 3 })],
  ["TimeDistributed Dense", [4, 3], layers.timeDistributed({ layer: layers.dense({ units: 2 }) })],
  ["TimeDistributed Dense with an activation", [4, 3], layers.timeDistributed({ layer: layers.dense({ units: 6, activation: "relu" }) })],
  [
    "TimeDistributed Conv2D",
    [2, 5, 4, 2],
    layers.timeDistributed({ layer: layers.conv2d({ filters: 3, kernelSize: 2, activation: "relu6" }) }),
  ],
  ["TimeDistributed MaxPooling2D", [2, 5, 4, 2], layers.timeDistributed({ layer: layers.maxPooling2d({ poolSize: 2, padding: "same" }) })],
  ["TimeDistributed BatchNormalization", [3, 4], layers.timeDistributed({ layer: layers.batchNormalization() })],
  ["TimeDistributed Flatten", [3, 2, 2], layers.timeDistributed({ layer: layers.flatten() }), layers.dense({ units: 2 })],
];

describe("every layer that moves values computes what tfjs computes", () => {
  it.each(cases.map(([name, inputShape, ...list]) => ({ name, inputShape, list })))("$name", async ({ inputShape, list }) => {
    const { network, check } = await readTfjs(sequential(inputShape, ...list));
    expect(check).toEqual({ error: expect.any(Number), tolerance: 1e-4 });
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });
});

describe("branches", () => {
  it.each([
    ["Average", layers.average()],
    ["Average of shapes that repeat", layers.average()],
    ["Add of shapes that repeat", layers.add()],
  ] as const)("%s", async (name, merge) => {
    const input = tfl.input({ shape: image });
    const poolSize: [number, number] = name.includes("repeat") ? [5, 6] : [1, 1];
    const branches = [input, layers.maxPooling2d({ poolSize }).apply(input) as tfl.SymbolicTensor];
    const { network, check } = await readTfjs(seeded(tfl.model({ inputs: input, outputs: merge.apply(branches) as tfl.SymbolicTensor })));
    expect(check).toHaveProperty("error");
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });
});

describe("refusals", () => {
  it.each([
    [
      "TimeDistributed of a softmax",
      [4, 3],
      layers.timeDistributed({ layer: layers.dense({ units: 2, activation: "softmax" }) }),
      "softmax",
    ],
    ["TimeDistributed of a normalisation", [4, 3], layers.timeDistributed({ layer: layers.layerNormalization() }), "LayerNormalization"],
    ["CenterCrop", image, layers.centerCrop({ height: 3, width: 3 }), "Cropping2D"],
    ["Masking", [4, 3], layers.masking(), "jump"],
  ] as const)("%s", async (_, inputShape, layer, word) => {
    const { network, refused } = await readTfjs(sequential([...inputShape], layer));
    expect(network).toBeNull();
    expect(refused.map(({ reason }) => reason)).toEqual([expect.stringContaining(word)]);
  });

  it("of a permutation that is none names the layer", async () => {
    const model = {
      class_name: "Sequential",
      config: { name: "m", layers: [{ class_name: "Permute", config: { name: "it", dims: "2,1", batch_input_shape: [null, 2, 3] } }] },
    };
    await expect(readTfjs({ format: "layers-model", modelTopology: model }, { check: false })).rejects.toThrow(
      expect.objectContaining({ code: "format", message: expect.stringContaining("layer it: dims: expected a list of whole numbers") }),
    );
  });
});
