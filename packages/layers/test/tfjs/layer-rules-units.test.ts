import { forward } from "@maso/core";
import { describe, expect, it } from "vitest";
import { readTfjs } from "../../src/tfjs";
import { identityAt, seeded, sequential, tf, tfl } from "./models";

const { layers } = tfl;
type Case = readonly [name: string, ...layers: tfl.layers.Layer[]];

const cases: readonly Case[] = [
  ["ThresholdedReLU by default", layers.dense({ units: 30 }), layers.thresholdedReLU()],
  ["ThresholdedReLU", layers.dense({ units: 30 }), layers.thresholdedReLU({ theta: 0.25 })],
  ["ThresholdedReLU below 0", layers.dense({ units: 30 }), layers.thresholdedReLU({ theta: -0.25 })],
  ["PReLU within the network", layers.dense({ units: 30 }), layers.prelu(), layers.dense({ units: 3 })],
  ["ReLU with max_value 0", layers.dense({ units: 30 }), layers.reLU({ maxValue: 0 })],
];

describe("every nonlinearity that the built-ins read computes what tfjs computes", () => {
  it.each(cases.map(([name, ...list]) => ({ name, list })))("$name", async ({ list }) => {
    const { network, check } = await readTfjs(sequential([9], ...list));
    expect(check).toEqual({ error: expect.any(Number), tolerance: 1e-4 });
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });
});

/** All that tfjs-layers 4.22 registers. */
const activations = {
  read: ["relu", "relu6", "linear", "sigmoid", "hardSigmoid", "tanh", "swish"],
  refused: ["elu", "selu", "softplus", "softsign", "softmax", "logSoftmax", "gelu", "gelu_new", "mish"],
};

describe("every activation of tfjs", () => {
  const within = (activation: string): tfl.LayersModel =>
    sequential([4], layers.dense({ units: 8, activation: activation as "relu" }), layers.dense({ units: 3 }));

  it.each(activations.read)("%s is read", async (activation) => {
    const { network, check } = await readTfjs(within(activation));
    expect(check).toHaveProperty("error");
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });

  it.each(activations.refused)("%s is refused with a reason", async (activation) => {
    const { network, refused } = await readTfjs(within(activation));
    expect(network).toBeNull();
    expect(refused).toHaveLength(1);
    expect(refused[0]!.reason).not.toContain("no plugin");
  });

  it.each(["hard_tanh", "hardTanh"])("%s, which tfjs lacks, is a clip", async (activation) => {
    const config = { name: "it", activation, batch_input_shape: [null, 5] };
    const topology = { class_name: "Sequential", config: { name: "model", layers: [{ class_name: "Activation", config }] } };
    const { network } = await readTfjs({ format: "layers-model", modelTopology: topology }, { check: false });
    const x = [-3, -1, 0.25, 1, 2];
    expect([...forward(network!, Float64Array.from(x))]).toEqual([...tf.clipByValue(x, -1, 1).dataSync()]);
  });
});

describe("Maximum and Minimum of branches whose shapes repeat", () => {
  it.each(["maximum", "minimum"] as const)("%s", async (merge) => {
    const input = tfl.input({ shape: [4, 3, 2] });
    const pooled = layers.maxPooling2d({ poolSize: [4, 3] }).apply(input) as tfl.SymbolicTensor;
    const one = layers.dense({ units: 1 }).apply(input) as tfl.SymbolicTensor;
    const merged = layers[merge]().apply([input, pooled, one]) as tfl.SymbolicTensor;
    const { network, check } = await readTfjs(seeded(tfl.model({ inputs: input, outputs: merged })));
    expect(check).toHaveProperty("error");
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });
});
