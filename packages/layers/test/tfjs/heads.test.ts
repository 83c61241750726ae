import { applyHead, forward, outputParts } from "@maso/core";
import { beforeAll, expect, it } from "vitest";
import { readNetworkFile, writeNetworkFile } from "../../src";
import { readTfjs } from "../../src/tfjs";
import { seeded, tf, tfl } from "./models";

const { layers } = tfl;
beforeAll(() => tf.ready());

it("a softmax for each pixel, beside another output, runs along the channels", async () => {
  const input = tfl.input({ shape: [4, 3, 2] });
  const pixels = layers.conv2d({ filters: 5, kernelSize: 1, activation: "softmax", name: "pixels" }).apply(input);
  const flat = layers.flatten({ name: "flat" }).apply(layers.conv2d({ filters: 2, kernelSize: 2, name: "few" }).apply(input));
  const label = layers.dense({ units: 3, activation: "softmax", name: "label" }).apply(flat);
  const model = seeded(tfl.model({ inputs: input, outputs: [pixels, label, flat] as tfl.SymbolicTensor[] }));
  const { network, check } = await readTfjs(model);
  expect(check).toHaveProperty("error");
  expect(outputParts(network!)).toEqual([
    { name: "outputs/pixels", offset: 0, shape: [4, 3, 5], head: "softmax" },
    { name: "outputs/label", offset: 60, shape: [3], head: "softmax" },
    { name: "outputs/flat", offset: 63, shape: [12], head: null },
  ]);
  const again = readNetworkFile(JSON.parse(JSON.stringify(writeNetworkFile(network!)))).network!;
  const x = Float64Array.from({ length: 24 }, (_, i) => Math.sin(i));
  expect(applyHead(again, forward(again, x))).toEqual(applyHead(network!, forward(network!, x)));
  const values = applyHead(network!, forward(network!, x));
  for (let p = 0; p < 12; p++) expect(values.subarray(5 * p, 5 * p + 5).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
});

it("a dense layer that keeps the size is no flattening", () => {
  const eye = [
    [1, 0],
    [0, 1],
  ];
  const { network } = readNetworkFile({
    format: "maso-network",
    version: 1,
    input: [2, 1],
    layers: [
      { id: "flat", kind: "flatten" },
      { id: "a", kind: "dense", params: { weight: eye } },
      { id: "b", kind: "dense", params: { weight: eye }, from: "flat" },
      { kind: "concat", from: ["a", "flat", "b"] },
    ],
    head: ["softmax", "softmax", null],
  });
  expect(outputParts(network!).map(({ shape }) => shape)).toEqual([[2], [2, 1], [2]]);
});
