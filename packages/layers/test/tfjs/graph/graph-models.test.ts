import { forward, type MasoErrorCode } from "@maso/core";
import { loadGraphModel } from "@tensorflow/tfjs-converter";
import { describe, expect, it } from "vitest";
import { builtins, definePlugin } from "../../../src";
import { fromTfjs, readTfjs } from "../../../src/tfjs";
import type { tf } from "../models";
import { checked, float, type GraphWriter, graph, pointFor, type } from "./graphs";

const failsWith = (code: MasoErrorCode, ...words: string[]) =>
  expect.objectContaining({
    name: "MasoError",
    code,
    message: expect.stringMatching(new RegExp(words.map((word) => word.replace(/[[\]().^]/g, "\\$&")).join(".*"))),
  });
const kinds = ({ nodes }: { readonly nodes: readonly { readonly op: { readonly kind: string } }[] }): string[] =>
  nodes.map(({ op }) => op.kind);
const dense = (g: GraphWriter, x: string, into: number, out: number): string => g.node("MatMul", [x, g.weight([into, out])]);
const conv = (g: GraphWriter, x: string, into: number, out: number, attributes: object = {}): string =>
  g.node("Conv2D", [x, g.weight([3, 3, into, out])], { strides: [1, 1, 1, 1], dilations: [1, 1, 1, 1], padding: "SAME", ...attributes });

describe("inputs and outputs", () => {
  it("come from the placeholders and the nodes that nobody reads, where there is no signature", async () => {
    const g = graph();
    const [a, b] = [g.input("a", [null, 3]), g.input("b", [null, 3])];
    g.node("Relu", [g.node("AddV2", [a, b])], {}, "first");
    g.node("MatMul", [a, g.weight([3, 2])], {}, "second");
    const { network, inputs } = await checked(g.artifacts());
    expect(inputs.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(network.head).toEqual([null, null]);
    expect(forward(network, pointFor(network))).toHaveLength(5);
  });

  it("come from the signature where there is one, in its order; one is chosen by its key or its node", async () => {
    const g = graph();
    const x = g.input("x", [null, 4]);
    const [y, z] = [g.node("Softmax", [dense(g, x, 4, 3)], {}, "Y"), g.node("Tanh", [dense(g, x, 4, 2)], {}, "Z")];
    const artifacts = g.artifacts(z, y);
    Object.assign(artifacts, { signature: { outputs: { gate: { name: "Z:0" }, classes: { name: "Y:0" } } } });
    expect((await checked(artifacts)).network.head).toEqual(["tanh", "softmax"]);
    expect((await checked(artifacts, { output: "classes" })).network.head).toBe("softmax");
    expect((await checked(artifacts, { output: "Y" })).network.head).toBe("softmax");
    await expect(readTfjs(artifacts, { output: "nope" })).rejects.toThrow(failsWith("params", "nope", "gate, classes"));
  });

  it("are read from a model in memory", async () => {
    const g = graph();
    const artifacts = g.artifacts(g.node("Relu", [dense(g, g.input("x", [null, 4]), 4, 3)]));
    const model = await loadGraphModel({ load: async () => structuredClone(artifacts) });
    const network = await fromTfjs(model as never);
    expect(kinds(network)).toEqual(["dense", "relu"]);
  });

  it("keep a head behind identities and reshapes", async () => {
    const g = graph();
    const x = g.input("x", [null, 4, 4, 2]);
    const soft = g.node("Softmax", [conv(g, x, 2, 3, { strides: [1, 4, 4, 1] })]);
    const y = g.node("Identity", [g.node("Reshape", [soft, g.wholes([-1, 3])])]);
    expect((await checked(g.artifacts(y))).network.head).toBe("softmax");
  });

  it("may have no batch, whole numbers, or a default", async () => {
    const g = graph();
    const x = g.input("x", [3, 4]);
    const scale = g.node("PlaceholderWithDefault", [g.constant(0.5)], { dtype: type("DT_FLOAT") });
    const { network } = await checked(g.artifacts(g.node("Relu", [g.node("Mul", [x, scale])])));
    expect(network.inputs).toEqual([[3, 4]]);
    const h = graph();
    const pixels = h.node("Cast", [h.input("pixels", [null, 2, 2, 3], "DT_INT32")], { SrcT: type("DT_INT32"), DstT: type("DT_FLOAT") });
    await checked(h.artifacts(h.node("Relu", [h.node("Sub", [pixels, h.constant(127.5)])])));
  });
});

describe("constants", () => {
  it("are followed from a shape through slices and packs into a reshape", async () => {
    const g = graph();
    const x = g.input("x", [null, 2, 3, 4]);
    const shape = g.node("Shape", [x], { out_type: type("DT_INT32") });
    const slice = (i: number): string =>
      g.node("StridedSlice", [shape, g.wholes([i]), g.wholes([i + 1]), g.wholes([1])], { shrink_axis_mask: 1 });
    const size = g.node("Mul", [slice(1), slice(2)]);
    const target = g.node("Pack", [slice(0), size, g.wholes(-1)], { axis: 0 });
    const y = g.node("Reshape", [x, target]);
    expect((await checked(g.artifacts(g.node("Relu", [y])))).network.nodes.at(-1)!.op.output).toEqual([6, 4]);
  });

  it("are computed where they meet each other: weights negated, scaled and transposed", async () => {
    const g = graph();
    const x = g.input("x", [null, 3]);
    const weight = g.node("Transpose", [g.weight([2, 3]), g.wholes([1, 0])]);
    const rate = g.node("Rsqrt", [g.node("AddV2", [g.constant([1, 2]), g.constant(0.25)])]);
    const y = g.node("MatMul", [x, g.node("Mul", [weight, g.node("Neg", [rate])])]);
    expect(kinds((await checked(g.artifacts(g.node("Relu", [y])))).network)).toEqual(["dense", "relu"]);
  });
});

describe("layouts", () => {
  it("of channels-first images cost nothing where they only pass through", async () => {
    const g = graph();
    const x = g.input("x", [null, 4, 5, 3]);
    const first = (value: string): string => g.node("Transpose", [value, g.wholes([0, 3, 1, 2])]);
    const last = (value: string): string => g.node("Transpose", [value, g.wholes([0, 2, 3, 1])]);
    const biased = g.node("AddV2", [first(conv(g, x, 3, 2)), g.weight([1, 2, 1, 1])]);
    const once = g.node("Relu", [biased]);
    const twice = first(conv(g, last(once), 2, 2));
    const joined = g.node("ConcatV2", [g.node("AddV2", [once, twice]), once, g.wholes(1)]);
    const y = g.node("MaxPool", [last(joined)], { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" });
    const { network } = await checked(g.artifacts(y));
    expect(kinds(network)).not.toContain("permute");
  });

  it("are put in order where somebody reads them so", async () => {
    const g = graph();
    const x = g.input("x", [null, 3, 4, 2]);
    const turned = g.node("Transpose", [x, g.wholes([0, 3, 1, 2])], {}, "turned");
    const y = g.node("MatMul", [g.node("Reshape", [turned, g.wholes([1, -1])]), g.weight([24, 2])]);
    const { network } = await checked(g.artifacts(g.node("Relu", [y])));
    expect(kinds(network)).toEqual(["permute", "reshape", "dense", "relu"]);
    expect((await checked(g.artifacts(y), { cut: "turned" })).network.nodes.at(-1)!.op.output).toEqual([2, 3, 4]);
  });

  it("of data_format NCHW are made channels-last", async () => {
    const make = (format: "NCHW" | "NHWC") => {
      const g = graph();
      const x = g.input("x", format === "NCHW" ? [null, 3, 6, 5] : [null, 6, 5, 3]);
      return g.artifacts(g.node("Relu", [conv(g, x, 3, 4, { data_format: format })]));
    };
    const [first, last] = [(await readTfjs(make("NCHW"))).network!, (await checked(make("NHWC"))).network];
    const image = pointFor(last);
    const turned = Float64Array.from({ length: 90 }, (_, i) => image[((Math.floor(i / 5) % 6) * 5 + (i % 5)) * 3 + Math.floor(i / 30)]!);
    expect([...forward(first, turned)].sort()).toEqual([...forward(last, image)].sort());
    expect(first.nodes.filter(({ op }) => op.kind === "permute")).toHaveLength(2);
  });
});

describe("refusals", () => {
  it("are all listed at once, each with the cuts before it", async () => {
    const g = graph();
    const x = g.input("x", [null, 4, 4, 2]);
    const a = g.node("Relu", [conv(g, x, 2, 3)], {}, "a");
    const squared = g.node("Square", [a], {}, "squared");
    const b = g.node("Elu", [conv(g, squared, 3, 3)], {}, "b");
    const gate = g.node("Mul", [b, conv(g, a, 3, 3)], {}, "gate");
    const artifacts = g.artifacts(gate);
    const { network, refused, partial } = await readTfjs(artifacts);
    expect(network).toBeNull();
    expect(refused.map(({ node, op }) => [node, op])).toEqual([
      ["squared", "Square"],
      ["b", "Elu"],
      ["gate", "Mul"],
    ]);
    expect(refused[0]!.cuts).toEqual(["a"]);
    for (const { reason } of refused) expect(reason.length).toBeGreaterThan(20);
    expect(kinds(partial!)).toContain("relu");
    expect(kinds((await checked(artifacts, { cut: "a" })).network)).toEqual(["conv2d", "relu"]);
    await expect(fromTfjs(artifacts)).rejects.toThrow(failsWith("refused", "squared", "cut at a"));
  });

  it("are found where the input is open, and behind what a guessed size cannot tell", async () => {
    const g = graph();
    const x = g.input("x", [null, null, null, 3]);
    const pooled = g.node("AvgPool", [x], { ksize: [1, 100, 100, 1], strides: [1, 1, 1, 1], padding: "VALID" });
    const y = g.node("Elu", [g.node("Relu", [pooled])], {}, "odd");
    const reading = await readTfjs(g.artifacts(y));
    expect(reading.refused.map(({ node }) => node)).toEqual(["odd"]);
    expect(reading.inputs).toEqual([expect.objectContaining({ name: "x", shape: [null, null, 3] })]);
  });

  it("are how loops, words and unknown ops are answered", async () => {
    const refusedOp = async (make: (g: GraphWriter, x: string) => string): Promise<string[]> => {
      const g = graph();
      return (await readTfjs(g.artifacts(make(g, g.input("x", [null, 3]))))).refused.map(({ op }) => op);
    };
    expect(await refusedOp((g, x) => g.node("StatelessWhile", [x]))).toEqual(["StatelessWhile"]);
    expect(await refusedOp((g, x) => g.node("Exit", [g.node("Merge", [g.node("Enter", [x])])]))).toEqual(["Enter", "Merge", "Exit"]);
    expect(await refusedOp((g, x) => g.node("ReluGradV17", [x]))).toEqual(["ReluGradV17"]);
    expect(await refusedOp((g) => g.node("StringUpper", [g.input("words", [null], "DT_STRING")]))).toContain("Placeholder");
  });

  it("of a model that a plugin makes readable", async () => {
    const g = graph();
    const y = g.node("Ramp", [g.input("x", [null, 3])], { rate: float(2) });
    expect((await readTfjs(g.artifacts(y))).refused.map(({ op }) => op)).toEqual(["Ramp"]);
    const ramp = definePlugin({
      kind: "ramp",
      build: ({ rate }: { rate: number }, [shape], layers) => {
        const { kind: _, params: __, ...body } = layers.operator("leaky-relu", { alpha: rate }, [shape!]);
        return body as never;
      },
      tfjs: { ops: { Ramp: ({ attributes }) => ({ rate: attributes.number("rate") }) } },
    });
    const { network, check } = await readTfjs(g.artifacts(y), { layers: builtins.with(ramp) });
    expect(kinds(network!)).toEqual(["ramp"]);
    expect(check).toHaveProperty("skipped");
  });
});

describe("bad graphs", () => {
  const broken = (change: (artifacts: tf.io.ModelArtifacts) => void): tf.io.ModelArtifacts => {
    const g = graph();
    const artifacts = g.artifacts(g.node("Relu", [conv(g, g.input("x", [null, 4, 4, 2]), 2, 3)], {}, "y"));
    change(artifacts);
    return artifacts;
  };
  const nodesOf = (artifacts: tf.io.ModelArtifacts) =>
    (artifacts.modelTopology as { node: { name: string; op: string; input: string[]; attr: Record<string, object> }[] }).node;
  it.each<[string, MasoErrorCode, string[], (artifacts: tf.io.ModelArtifacts) => void]>([
    ["a missing node", "graph", ["node y", "there is no such node"], (a) => void nodesOf(a).splice(2, 1)],
    ["two nodes of one name", "graph", ["two nodes are called"], (a) => void nodesOf(a).push(nodesOf(a)[0]!)],
    ["a cycle", "graph", ["depends on its own output"], (a) => void nodesOf(a)[2]!.input.splice(0, 1, "y")],
    [
      "an output that is not there",
      "graph",
      ["output 1", "y", "has 1"],
      (a) => void nodesOf(a).push({ name: "z", op: "Relu", input: ["y:1"], attr: {} }),
    ],
    [
      "a weight that is not there",
      "format",
      ["node Const", "weight files have no"],
      (a) => void a.weightSpecs!.splice(0, 1, { ...a.weightSpecs![0]!, name: "other" }),
    ],
    [
      "a weight of another shape",
      "format",
      ["the topology says shape [3, 3, 2, 3]", "[3, 3, 3, 2]"],
      (a) => void a.weightSpecs!.splice(0, 1, { ...a.weightSpecs![0]!, shape: [3, 3, 3, 2] }),
    ],
    ["a kernel that does not fit its input", "shape", ["node Conv2D"], (a) => Object.assign(nodesOf(a)[0]!.attr, shapeOf([-1, 4, 4, 5]))],
    [
      "strides of zero",
      "params",
      ["node Conv2D", "strides"],
      (a) => Object.assign(nodesOf(a)[2]!.attr, { strides: { list: { i: [1, 0, 0, 1] } } }),
    ],
    [
      "an unknown padding",
      "format",
      ["node Conv2D", "padding"],
      (a) => Object.assign(nodesOf(a)[2]!.attr, { padding: { s: btoa("ODD") } }),
    ],
    [
      "an attribute of the wrong type",
      "format",
      ["attr.strides", "a list of numbers"],
      (a) => Object.assign(nodesOf(a)[2]!.attr, { strides: { b: true } }),
    ],
    ["an absurd input", "too-large", ["2^27"], (a) => Object.assign(nodesOf(a)[0]!.attr, shapeOf([-1, 100000, 100000, 2]))],
    ["a negative extent", "shape", ["attr.shape", "-7"], (a) => Object.assign(nodesOf(a)[0]!.attr, shapeOf([-1, -7, 4, 2]))],
    ["no placeholder", "graph", ["no placeholder"], (a) => void nodesOf(a).splice(0, 4, { name: "y", op: "NoOp", input: [], attr: {} })],
    ["nodes that are no list", "format", ["modelTopology.node"], (a) => Object.assign(a.modelTopology as object, { node: {} })],
    ["no such cut", "params", ["nowhere"], () => {}],
  ])("%s", async (name, code, words, change) => {
    const options = name === "no such cut" ? { cut: "nowhere" } : {};
    const artifacts = broken(change);
    if (name === "an output that is not there") delete artifacts.signature;
    await expect(readTfjs(artifacts, options)).rejects.toThrow(failsWith(code, ...words));
  });
  const shapeOf = (dims: number[]): object => ({ shape: { shape: { dim: dims.map((size) => ({ size: String(size) })) } } });
});
