import { forward, type MasoErrorCode, outputParts } from "@maso/core";
import { beforeAll, describe, expect, it } from "vitest";
import { builtins, definePlugin } from "../../src";
import { fromTfjs, readTfjs } from "../../src/tfjs";
import { identityAt, seeded, sequential, tf, tfl } from "./models";

const { layers } = tfl;
const dense = (units: number, name: string, activation?: "relu" | "softmax" | "sigmoid" | "tanh" | "elu"): tfl.layers.Layer =>
  layers.dense({ units, name, activation });
const apply = (layer: tfl.layers.Layer, ...inputs: tfl.SymbolicTensor[]): tfl.SymbolicTensor =>
  layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as tfl.SymbolicTensor;
const failsWith = (code: MasoErrorCode) => expect.objectContaining({ name: "MasoError", code });
const vector = (size: number, name: string): tfl.SymbolicTensor => tfl.input({ shape: [size], name });

beforeAll(() => tf.ready());

describe("topologies", () => {
  it("sequential, in memory and from artefacts in either casing", async () => {
    const model = seeded(
      tfl.sequential({ layers: [layers.dense({ units: 3, inputShape: [4], activation: "relu" }), layers.dense({ units: 2 })] }),
    );
    const { network } = await readTfjs(model);
    expect(network!.nodes.map(({ op }) => op.kind)).toEqual(["dense", "relu", "dense"]);
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
      }),
    );
    const wrapped = { ...saved!, modelTopology: { model_config: saved!.modelTopology as object } };
    const x = Float64Array.of(1, -2, 3, 0.5);
    for (const source of [saved!, wrapped, tf.io.fromMemory(saved!)]) {
      const again = await readTfjs(source as tf.io.ModelArtifacts);
      expect(again.check).toHaveProperty("error");
      expect(forward(again.network!, x)).toEqual(forward(network!, x));
    }
  });

  it("branches, shared layers and several inputs", async () => {
    const [a, b] = [vector(3, "a"), vector(3, "b")];
    const shared = dense(4, "shared", "relu");
    const joined = apply(layers.concatenate({ name: "join" }), apply(shared, a), apply(shared, b), a);
    const { network, check, inputs } = await readTfjs(seeded(tfl.model({ inputs: [a, b], outputs: apply(dense(2, "out"), joined) })));
    expect(check).toHaveProperty("error");
    expect(inputs.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(network!.nodes.map(({ id }) => id)).toEqual(["shared/dense", "shared", "shared#2/dense", "shared#2", "join", "out"]);
    expect(identityAt(network!)).toBeLessThan(1e-14);
  });

  it("models within models, used twice", async () => {
    const inner = tfl.sequential({
      name: "inner",
      layers: [layers.dense({ units: 3, inputShape: [3], activation: "relu", name: "first" }), layers.dense({ units: 3, name: "second" })],
    });
    const input = vector(3, "x");
    const once = inner.apply(input) as tfl.SymbolicTensor;
    const model = seeded(
      tfl.model({ inputs: input, outputs: apply(layers.add({ name: "sum" }), inner.apply(once) as tfl.SymbolicTensor, input) }),
    );
    const { network, check } = await readTfjs(model);
    expect(check).toHaveProperty("error");
    expect(network!.nodes.map(({ id }) => id)).toEqual([
      "inner/first/dense",
      "inner/first",
      "inner/second",
      "inner#2/first/dense",
      "inner#2/first",
      "inner#2/second",
      "sum",
    ]);
  });

  it("a model within a sequential one", async () => {
    const input = vector(3, "x");
    const inner = tfl.model({
      name: "inner",
      inputs: input,
      outputs: apply(layers.add({ name: "sum" }), apply(dense(3, "d"), input), input),
    });
    const { network, check } = await readTfjs(seeded(tfl.sequential({ layers: [inner, dense(2, "out", "softmax")] })));
    expect(check).toHaveProperty("error");
    expect(network!.head).toBe("softmax");
  });
});

describe("outputs and heads", () => {
  it.each(["softmax", "sigmoid", "tanh"] as const)("a %s at the end is cut off and named", async (head) => {
    for (const last of [[dense(3, "out", head)], [dense(3, "out"), layers.activation({ activation: head })]]) {
      const { network, check } = await readTfjs(sequential([4], ...last));
      expect(check).toHaveProperty("error");
      expect(network!.head).toBe(head);
      expect(network!.nodes.map(({ op }) => op.type)).toEqual(["affine"]);
    }
    const { network } = await readTfjs(sequential([4], dense(3, "out"), layers.softmax()));
    expect(network!.head).toBe("softmax");
  });

  it("several outputs lie end to end, one head or none each; one can be chosen by name", async () => {
    const input = vector(4, "x");
    const hidden = apply(dense(5, "hidden", "relu"), input);
    const image = apply(layers.reshape({ name: "image", targetShape: [3, 2] }), apply(dense(6, "wide"), hidden));
    const model = seeded(
      tfl.model({
        inputs: input,
        outputs: [apply(dense(3, "class", "softmax"), hidden), image, apply(dense(1, "yes", "sigmoid"), hidden)],
      }),
    );
    const { network, check } = await readTfjs(model);
    expect(check).toHaveProperty("error");
    expect(network!.head).toEqual(["softmax", null, "sigmoid"]);
    expect(outputParts(network!).map(({ offset }) => offset)).toEqual([0, 3, 9]);
    const one = await readTfjs(model, { output: "yes" });
    expect([one.network!.head, one.check]).toEqual(["sigmoid", expect.objectContaining({ tolerance: 1e-4 })]);
    await expect(readTfjs(model, { output: "nothing" })).rejects.toThrow(failsWith("params"));
  });
});

describe("refusals", () => {
  const model = (): tfl.LayersModel => {
    const input = tfl.input({ shape: [8, 8, 2], name: "x" });
    const first = apply(layers.conv2d({ name: "first", filters: 3, kernelSize: 3, activation: "relu" }), input);
    const left = apply(layers.conv2d({ name: "left", filters: 3, kernelSize: 1, activation: "elu" }), first);
    const right = apply(layers.conv2d({ name: "right", filters: 3, kernelSize: 1 }), first);
    const product = apply(layers.multiply({ name: "product" }), left, right);
    return seeded(
      tfl.model({ inputs: input, outputs: apply(dense(2, "out", "softmax"), apply(layers.flatten({ name: "flat" }), product)) }),
    );
  };

  it("are all listed, with reasons and the cuts before them, the largest first", async () => {
    const { network, refused, partial } = await readTfjs(model());
    expect(network).toBeNull();
    expect(refused.map(({ node, op, cuts }) => ({ node, op, cuts }))).toEqual([
      { node: "left", op: "elu", cuts: ["left/conv2d"] },
      { node: "product", op: "Multiply", cuts: ["left/conv2d", "right"] },
    ]);
    for (const { reason } of refused) expect(reason).toMatch(/affine/);
    expect(partial!.nodes.map(({ id }) => id)).toEqual(["first/conv2d", "first", "left/conv2d"]);
    await expect(fromTfjs(model())).rejects.toThrow(failsWith("refused"));
  });

  it("name cuts that work, checked against the layer's own output where it has one", async () => {
    const { refused } = await readTfjs(model());
    for (const cut of new Set(refused.flatMap(({ cuts }) => cuts))) {
      const { network, check } = await readTfjs(model(), { cut });
      expect(check).toHaveProperty(cut === "right" ? "error" : "skipped");
      expect(identityAt(network!)).toBeLessThan(1e-14);
    }
    await expect(readTfjs(model(), { cut: "nowhere" })).rejects.toThrow(failsWith("params"));
  });

  it("do not wait for shapes", async () => {
    const input = tfl.input({ shape: [null, null, 3] });
    const open = tfl.model({ inputs: input, outputs: apply(layers.conv2d({ filters: 1, kernelSize: 1, activation: "selu" }), input) });
    expect((await readTfjs(open)).refused.map(({ op }) => op)).toEqual(["selu"]);
  });

  it("softmax inside, ReLU settings that tfjs ignores, channels first", async () => {
    const inside = await readTfjs(sequential([3], dense(4, "a", "softmax"), dense(2, "b")));
    expect(inside.refused).toEqual([{ node: "a", op: "softmax", reason: expect.stringContaining("head"), cuts: ["a/dense"] }]);
    const json = (settings: object): tf.io.ModelArtifacts => ({
      modelTopology: {
        class_name: "Sequential",
        config: { name: "m", layers: [{ class_name: "ReLU", config: { name: "r", batch_input_shape: [null, 2], ...settings } }] },
      },
    });
    expect((await readTfjs(json({ negative_slope: 0.1 }))).refused).toHaveLength(1);
    expect((await readTfjs(json({ threshold: 0.1 }))).refused).toHaveLength(1);
    expect((await readTfjs(json({}))).refused).toHaveLength(0);
  });
});

describe("open input sizes", () => {
  const open = (): tfl.LayersModel => {
    const input = tfl.input({ shape: [null, null, 2], name: "x" });
    return seeded(
      tfl.model({
        inputs: input,
        outputs: apply(layers.conv2d({ filters: 2, kernelSize: 3, padding: "same", activation: "relu" }), input),
      }),
    );
  };
  it("need inputShape, by itself or by name", async () => {
    expect(await readTfjs(open())).toMatchObject({ network: null, refused: [], inputs: [{ name: "x", shape: [null, null, 2] }] });
    await expect(fromTfjs(open())).rejects.toThrow(failsWith("shape"));
    for (const inputShape of [[5, 4, 2], { x: [5, 4, 2] }]) expect((await readTfjs(open(), { inputShape })).check).toHaveProperty("error");
  });
  it("must be filled with what fits", async () => {
    await expect(readTfjs(open(), { inputShape: [5, 4, 3] })).rejects.toThrow(failsWith("shape"));
    await expect(readTfjs(open(), { inputShape: { y: [5, 4, 2] } })).rejects.toThrow(failsWith("params"));
  });
});

describe("custom layers", () => {
  class Ramp extends tfl.layers.Layer {
    static className = "Ramp";
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return tf.tidy(() => tf.clipByValue([inputs].flat()[0]!, -1, 2));
    }
  }
  tf.serialization.registerClass(Ramp);
  const plugin = definePlugin({
    kind: "ramp",
    build: (_, [shape]) => builtins.build("clip", { min: -1, max: 2 }, shape!),
    tfjs: { layers: { Ramp: () => ({}) } },
  });

  it("are refused without a plugin and read with one", async () => {
    const model = (): tfl.LayersModel => sequential([4], dense(9, "a"), new Ramp({ name: "ramp" }), dense(2, "b"));
    expect((await readTfjs(model())).refused).toEqual([
      { node: "ramp", op: "Ramp", reason: expect.stringContaining("plugin"), cuts: ["a"] },
    ]);
    const { network, check } = await readTfjs(model(), { layers: builtins.with(plugin) });
    expect(check).toHaveProperty("error");
    expect(network!.nodes[1]!.op.kind).toBe("ramp");
  });

  it("cannot be claimed by two plugins", async () => {
    const twice = builtins.with(plugin, { ...plugin, kind: "other" });
    await expect(readTfjs(sequential([4], dense(2, "a")), { layers: twice })).rejects.toThrow(failsWith("duplicate-kind"));
  });
});

it("leaves no tensors behind", async () => {
  const model = sequential([4], dense(5, "a", "relu"), dense(2, "b", "softmax"));
  await readTfjs(model);
  const before = tf.memory().numTensors;
  for (const options of [{}, { cut: "a" }, { check: false }]) await readTfjs(model, options);
  expect(tf.memory().numTensors).toBe(before);
});

it("notices a network that computes something else", async () => {
  const operator: typeof builtins.operator = (kind, ...rest) => builtins.operator(kind === "relu" ? "abs" : kind, ...rest);
  await expect(
    readTfjs(sequential([4], dense(5, "a", "relu"), dense(3, "b")), { layers: { plugins: builtins.plugins, operator } }),
  ).rejects.toThrow(failsWith("mismatch"));
});
