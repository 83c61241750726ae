import { forward, type Network, random, sizeOf } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { readTfjs } from "../../../src/tfjs";
import { checked, float, type GraphWriter, graph, pointFor } from "./graphs";

type Attributes = Readonly<Record<string, unknown>>;
type Build = (g: GraphWriter, x: string) => string;
const IMAGE = [7, 6, 4];
const FIRST = [4, 7, 6];

/** Agrees with tfjs on an image, or throws. */
async function onImage(build: Build, shape = IMAGE): Promise<Network> {
  const g = graph();
  return (await checked(g.artifacts(build(g, g.input("x", [null, ...shape]))))).network;
}

/** The network of what tfjs itself cannot run. */
async function unchecked(build: Build, shape = IMAGE): Promise<Network> {
  const g = graph();
  const { network, refused } = await readTfjs(g.artifacts(build(g, g.input("x", [null, ...shape]))), { check: false });
  if (!network) throw new Error(JSON.stringify(refused));
  return network;
}

async function refusalOf(build: Build, shape = IMAGE): Promise<string> {
  const g = graph();
  const { network, refused } = await readTfjs(g.artifacts(build(g, g.input("x", [null, ...shape]))), { check: false });
  expect(network).toBeNull();
  return refused[0]!.reason;
}

function same(network: Network, expected: ArrayLike<number>): void {
  const values = forward(network, pointFor(network));
  expect(values).toHaveLength(expected.length);
  values.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 4));
}

const numbers = (shape: readonly number[], seed: number): number[] => {
  const { normal } = random(seed);
  return Array.from({ length: sizeOf(shape) }, () => Math.fround(normal()));
};
const kinds = ({ nodes }: Network): string[] => nodes.map(({ op }) => op.kind);
const ones = [1, 1, 1, 1];
const valid = { strides: ones, padding: "VALID", dilations: ones };
const explicit = { padding: "EXPLICIT", explicit_paddings: [0, 0, 1, 2, 0, 3, 0, 0] };
const settings: readonly Attributes[] = [
  valid,
  { strides: [1, 2, 3, 1], padding: "VALID" },
  { strides: ones, padding: "SAME" },
  { strides: [1, 2, 2, 1], padding: "SAME" },
  { strides: ones, padding: "SAME", dilations: [1, 2, 1, 1] },
  { strides: ones, padding: "VALID", dilations: [1, 1, 2, 1] },
  { strides: ones, ...explicit },
  { strides: [1, 3, 2, 1], ...explicit, data_format: "NHWC" },
  { strides: ones, ...explicit, dilations: [1, 2, 2, 1] },
];

describe("convolutions", () => {
  it.each(settings)("Conv2D %j", async (attributes) => {
    await onImage((g, x) => g.node("Conv2D", [x, g.weight([3, 2, 4, 5])], { dilations: ones, ...attributes }));
  });
  it.each(settings)("DepthwiseConv2dNative %j", async (attributes) => {
    await onImage((g, x) => g.node("DepthwiseConv2dNative", [x, g.weight([3, 2, 4, 2])], { dilations: ones, ...attributes }));
  });
  it.each([
    { strides: ones, padding: "SAME", data_format: "NCHW" },
    { strides: ones, padding: "VALID", data_format: "NCHW" },
    { strides: ones, padding: "EXPLICIT", explicit_paddings: [0, 0, 0, 0, 1, 2, 0, 3], data_format: "NCHW" },
  ])("Conv2D on channels-first images, %j", async (attributes) => {
    await onImage((g, x) => g.node("Conv2D", [x, g.weight([3, 2, 4, 5])], { dilations: ones, ...attributes }), FIRST);
    await onImage(
      (g, x) => g.node("_FusedConv2D", [x, g.weight([3, 2, 4, 5]), g.weight([5]), g.weight([5])], { ...attributes, ...prelu }),
      FIRST,
    );
  });

  it.each([2, 4])("a kernel over some of the channels: %i groups, as tfjs composes them", async (groups) => {
    const [perGroup, out] = [4 / groups, 8];
    const values = numbers([3, 2, perGroup, out], 9);
    const network = await unchecked((g, x) => g.node("Conv2D", [x, g.weight([3, 2, perGroup, out], (_, i) => values[i]!)], valid));
    const x = tf.tensor4d([...pointFor(network)], [1, 7, 6, 4]);
    const kernel = tf.tensor4d(values, [3, 2, perGroup, out]);
    const parts = tf
      .split(x, groups, 3)
      .map((part, i) =>
        tf.conv2d(
          part as tf.Tensor4D,
          tf.slice(kernel, [0, 0, 0, (i * out) / groups], [-1, -1, -1, out / groups]) as tf.Tensor4D,
          1,
          "valid",
        ),
      );
    same(network, tf.concat(parts, 3).dataSync());
  });
});

const prelu = { fused_ops: ["BiasAdd", "Prelu"], num_args: 2 };

describe("what is fused into an op", () => {
  const ops = {
    _FusedConv2D: (g: GraphWriter) => g.weight([3, 2, 4, 5]),
    FusedDepthwiseConv2dNative: (g: GraphWriter) => g.weight([3, 2, 4, 2]),
    _FusedMatMul: (g: GraphWriter) => g.weight([6, 5]),
  };
  const channels = { _FusedConv2D: 5, FusedDepthwiseConv2dNative: 8, _FusedMatMul: 5 };
  const plain = { _FusedConv2D: "Conv2D", FusedDepthwiseConv2dNative: "DepthwiseConv2dNative", _FusedMatMul: "MatMul" };

  describe.each(["_FusedConv2D", "FusedDepthwiseConv2dNative", "_FusedMatMul"] as const)("%s", (op) => {
    const shape = op === "_FusedMatMul" ? [6] : IMAGE;
    const fused =
      (fused_ops: readonly string[], args: readonly (readonly number[])[], more: Attributes = {}): Build =>
      (g, x) =>
        g.node(op, [x, ops[op](g), ...args.map((each) => g.weight(each))], { ...valid, fused_ops, num_args: args.length, ...more });

    it("a bias, of one value or one per channel", async () => {
      for (const bias of [[channels[op]], [1], [1, channels[op]]]) await onImage(fused(["BiasAdd"], [bias]), shape);
    });
    it.each(["Relu", "Relu6", "Sigmoid"])("BiasAdd, %s", async (activation) => {
      const network = await onImage(fused(["BiasAdd", activation], [[channels[op]]]), shape);
      expect([kinds(network).length, network.head ?? null]).toEqual(activation === "Sigmoid" ? [1, "sigmoid"] : [2, null]);
    });
    it("BiasAdd, Prelu", async () => {
      await onImage(fused(["BiasAdd", "Prelu"], [[channels[op]], [channels[op]]]), shape);
      if (op === "_FusedConv2D") await onImage(fused(["BiasAdd", "Prelu"], [[5], [5, 5, 5]]), shape);
    });
    it("BiasAdd, LeakyRelu", async () => {
      const leaky = (alpha: Attributes): Build => fused(["BiasAdd", "LeakyRelu"], [[channels[op]]], alpha);
      if (op === "FusedDepthwiseConv2dNative") return expect(await refusalOf(leaky({}), shape)).toContain("no slope for LeakyRelu");
      for (const alpha of [{}, { leakyrelu_alpha: float(-0.5) }, { leakyrelu_alpha: float(2) }]) await onImage(leaky(alpha), shape);
    });
    it("BiasAdd, Tanh, which tfjs does not compute, is a bias and then tanh", async () => {
      const network = await unchecked((g, x) => g.node("Relu", [fused(["BiasAdd", "Tanh"], [[channels[op]]])(g, x)]), shape);
      const steps = await unchecked((g, x) => {
        const product = g.node(plain[op], [x, ops[op](g)], valid);
        return g.node("Relu", [g.node("Tanh", [g.node("BiasAdd", [product, g.weight([channels[op]])])])]);
      }, shape);
      same(network, forward(steps, pointFor(steps)));
    });
    it("nothing", async () => {
      expect(kinds(await onImage(fused([], []), shape))).toHaveLength(1);
    });
    it.each([
      [["BiasAdd", "Elu"], "Elu has an exponential piece"],
      [["BiasAdd", "Softplus"], "no rule knows its fused activation Softplus"],
      [["Relu"], "fuses Relu where BiasAdd"],
      [["BiasAdd", "Relu", "Add"], "two fused ops at most"],
    ])("%j is refused", async (list, reason) => {
      expect(await refusalOf(fused(list, [[channels[op]]]), shape)).toContain(reason);
    });
    it("a bias that depends on the input is refused", async () => {
      const build: Build = (g, x) => g.node(op, [x, ops[op](g), g.node("Relu", [x])], { ...valid, fused_ops: ["BiasAdd"], num_args: 1 });
      expect(await refusalOf(build, shape)).toContain("its bias depends on the input");
    });
    it("operands that do not fit the fused ops are an error", async () => {
      await expect(onImage(fused(["BiasAdd", "Prelu"], [[channels[op]]]), shape)).rejects.toMatchObject({ code: "format" });
      await expect(onImage(fused(["BiasAdd"], [[channels[op]]], { num_args: 2 }), shape)).rejects.toMatchObject({ code: "format" });
    });
  });

  it("FusedBatchNorm, which tfjs does not compute fused, is a batch norm", async () => {
    const args = (g: GraphWriter): string[] => [
      g.weight([5]),
      g.weight([5]),
      g.weight([5]),
      g.weight([5], (normal) => 0.5 + Math.abs(normal())),
    ];
    const fused_ops = ["FusedBatchNorm", "Relu"];
    const network = await unchecked((g, x) =>
      g.node("_FusedConv2D", [x, g.weight([3, 2, 4, 5]), ...args(g)], { ...valid, fused_ops, num_args: 4, epsilon: float(0.01) }),
    );
    const steps = await unchecked((g, x) => {
      const convolved = g.node("Conv2D", [x, g.weight([3, 2, 4, 5])], valid);
      return g.node("Relu", [g.node("FusedBatchNormV3", [convolved, ...args(g)], { epsilon: float(0.01), is_training: false })]);
    });
    same(network, forward(steps, pointFor(steps)));
    const product: Build = (g, x) => g.node("_FusedMatMul", [x, g.weight([6, 5]), ...args(g)], { fused_ops, num_args: 4 });
    expect(await refusalOf(product, [6])).toContain("fuses FusedBatchNorm where BiasAdd needs to stand");
  });
});

describe("transposed convolutions", () => {
  const cases: [size: number[], attributes: Attributes][] = [
    [[9, 7], { strides: ones, padding: "VALID" }],
    [[15, 12], { strides: [1, 2, 2, 1], padding: "VALID" }],
    [[16, 13], { strides: [1, 2, 2, 1], padding: "VALID" }],
    [[7, 6], { strides: ones, padding: "SAME" }],
    [[14, 12], { strides: [1, 2, 2, 1], padding: "SAME" }],
    [[13, 11], { strides: [1, 2, 2, 1], padding: "SAME" }],
    [[21, 18], { strides: [1, 3, 3, 1], padding: "SAME" }],
    [[12, 9], { strides: [1, 2, 2, 1], ...explicit }],
  ];
  it.each(cases)("Conv2DBackpropInput to %j, %j", async ([height, width], attributes) => {
    const network = await onImage((g, x) =>
      g.node("Conv2DBackpropInput", [g.wholes([1, height!, width!, 5]), g.weight([3, 2, 5, 4]), x], attributes),
    );
    expect(network.nodes[0]!.op.output).toEqual([height, width, 5]);
  });
  it("an output size that does not belong to the input is an error", async () => {
    const build: Build = (g, x) => g.node("Conv2DBackpropInput", [g.wholes([1, 11, 7, 5]), g.weight([3, 2, 5, 4]), x], valid);
    await expect(onImage(build)).rejects.toMatchObject({ code: "shape" });
  });
  it("an output shape of another batch is an error, dilations and channels-first images are refused", async () => {
    const build =
      (shape: number[], more: Attributes): Build =>
      (g, x) =>
        g.node("Conv2DBackpropInput", [g.wholes(shape), g.weight([3, 2, 5, 4]), x], { ...valid, ...more });
    await expect(onImage(build([2, 9, 7, 5], {}))).rejects.toMatchObject({ code: "format" });
    expect(await refusalOf(build([1, 9, 7, 5], { dilations: [1, 2, 1, 1] }))).toContain("ignores dilations");
    expect(await refusalOf(build([1, 4, 9, 7], { data_format: "NCHW" }))).toContain("NHWC");
  });
});

describe("pools", () => {
  const pools = [
    { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" },
    { ksize: [1, 3, 2, 1], strides: [1, 2, 1, 1], padding: "SAME" },
    { ksize: [1, 3, 3, 1], strides: ones, padding: "SAME", data_format: "NHWC" },
  ];
  it.each(pools)("MaxPool and AvgPool %j", async (attributes) => {
    expect(kinds(await onImage((g, x) => g.node("MaxPool", [x], attributes)))).toEqual(["max-pool2d"]);
    expect(kinds(await onImage((g, x) => g.node("AvgPool", [x], attributes)))).toEqual(["avg-pool2d"]);
  });
  it("MaxPool with explicit padding, which tfjs does not compute: nothing is there", async () => {
    const network = await unchecked((g, x) =>
      g.node("MaxPool", [x], { ksize: [1, 3, 3, 1], strides: ones, ...explicit, explicit_paddings: [0, 0, 1, 2, 0, 2, 0, 0] }),
    );
    const x = tf.tensor4d([...pointFor(network)], [1, 7, 6, 4]);
    const padded = tf.pad(
      x,
      [
        [0, 0],
        [1, 2],
        [0, 2],
        [0, 0],
      ],
      -1e9,
    ) as tf.Tensor4D;
    same(network, tf.maxPool(padded, 3, 1, "valid").dataSync());
  });
});

describe("batch norm and biases", () => {
  const operands = (g: GraphWriter): string[] => [
    g.weight([4]),
    g.weight([4]),
    g.weight([4]),
    g.weight([4], (normal) => 0.5 + Math.abs(normal())),
  ];
  it.each(["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"])("%s", async (op) => {
    await onImage((g, x) => g.node(op, [x, ...operands(g)], { is_training: false, epsilon: float(0.01) }));
    await onImage((g, x) => g.node(op, [x, ...operands(g)]));
  });
  it("a batch norm in training, or of channels-first images, is refused", async () => {
    const norm =
      (attributes: Attributes): Build =>
      (g, x) =>
        g.node("FusedBatchNormV3", [x, ...operands(g)], attributes);
    expect(await refusalOf(norm({ is_training: true }))).toContain("statistics of its own batch");
    expect(await refusalOf(norm({ is_training: false, data_format: "NCHW" }), FIRST)).toContain("computes FusedBatchNormV3 on NHWC");
  });
  it.each([[[4]], [[1]], [[6, 4]], [[1, 7, 1, 1]]])("BiasAdd of shape %j", async (shape) => {
    await onImage((g, x) => g.node("BiasAdd", [x, g.weight(shape)]));
  });
  it("BiasAdd behind a transposition", async () => {
    await onImage((g, x) => g.node("BiasAdd", [g.node("Transpose", [x, g.wholes([0, 3, 1, 2])]), g.weight([6])]));
  });
  it("BiasAdd of channels-first images is refused", async () => {
    expect(await refusalOf((g, x) => g.node("BiasAdd", [x, g.weight([4])], { data_format: "NCHW" }), FIRST)).toContain("NHWC");
  });
});

describe("products with a constant", () => {
  const flags = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));
  const turn = (shape: readonly number[], turned: boolean): number[] =>
    turned ? [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!] : [...shape];

  describe.each(flags)("transposed: the left one %s, the right one %s", (a, b) => {
    const names = (op: string): Attributes => (op === "MatMul" ? { transpose_a: a, transpose_b: b } : { adj_x: a, adj_y: b });
    it.each([
      ["MatMul", [5, 6], [6, 3]],
      ["MatMul", [1, 30], [30, 3]],
      ["BatchMatMul", [2, 5, 3], [3, 4]],
      ["BatchMatMulV2", [1, 10, 3], [1, 3, 4]],
      ["BatchMatMulV2", [2, 5, 3], [2, 3, 4]],
      ["BatchMatMulV2", [3, 2, 1, 5], [3, 2, 5, 4]],
      ["BatchMatMulV2", [2, 5, 3], [1, 3, 1]],
    ])("%s of %j and a constant %j", async (op, left, right) => {
      await onImage(
        (g, x) => g.node(op, [g.node("Reshape", [x, g.wholes(turn(left, a))]), g.weight(turn(right, b))], names(op)),
        [sizeOf(left)],
      );
    });
    it.each([
      ["MatMul", [3, 6], [6, 5]],
      ["MatMul", [3, 1], [1, 5]],
      ["BatchMatMul", [4, 3], [2, 3, 5]],
      ["BatchMatMulV2", [2, 4, 3], [2, 3, 5]],
      ["BatchMatMulV2", [2, 1, 3], [2, 3, 5]],
    ])("%s of a constant %j and %j", async (op, left, right) => {
      await onImage(
        (g, x) => g.node(op, [g.weight(turn(left, a)), g.node("Reshape", [x, g.wholes(turn(right, b))])], names(op)),
        [sizeOf(right)],
      );
    });
    it("_FusedMatMul", async () => {
      const more = { ...names("MatMul"), fused_ops: ["BiasAdd", "Relu"], num_args: 1 };
      for (const bias of [[3], [1]])
        await onImage(
          (g, x) =>
            g.node("_FusedMatMul", [g.node("Reshape", [x, g.wholes(turn([5, 6], a))]), g.weight(turn([6, 3], b)), g.weight(bias)], more),
          [30],
        );
      await onImage(
        (g, x) =>
          g.node("_FusedMatMul", [g.weight(turn([5, 6], a)), g.node("Reshape", [x, g.wholes(turn([6, 3], b))]), g.weight([3])], more),
        [18],
      );
    });
  });
  it("a plain product is one dense layer", async () => {
    expect(kinds(await onImage((g, x) => g.node("MatMul", [x, g.weight([6, 5])]), [6]))).toEqual(["dense"]);
  });
  it("two values that depend on the input, and constants that repeat them, are refused", async () => {
    expect(await refusalOf((g, x) => g.node("MatMul", [x, x], { transpose_b: true }), [6])).toContain("multiplies two values");
    const over: Build = (g, x) => g.node("BatchMatMulV2", [g.node("Reshape", [x, g.wholes([2, 3])]), g.weight([4, 3, 5])]);
    expect(await refusalOf(over, [6])).toContain("repeats [2, 3] over 4");
  });
  it("matrices that do not fit are an error", async () => {
    await expect(onImage((g, x) => g.node("MatMul", [x, g.weight([5, 6])]), [6])).rejects.toMatchObject({ code: "shape" });
  });
});

describe("resizing", () => {
  const conventions = [{}, { align_corners: true }, { half_pixel_centers: true }, { align_corners: false, half_pixel_centers: false }];
  const sizes = [
    [14, 12],
    [3, 4],
    [1, 1],
    [7, 6],
    [13, 5],
  ];
  it.each(["ResizeBilinear", "ResizeNearestNeighbor"])("%s", async (op) => {
    for (const attributes of conventions) for (const size of sizes) await onImage((g, x) => g.node(op, [x, g.wholes(size)], attributes));
  });
  it("a size computed from the image's own shape", async () => {
    const network = await onImage((g, x) => {
      const extents = g.node("StridedSlice", [g.node("Shape", [x]), g.wholes([1]), g.wholes([3]), g.wholes([1])], {});
      return g.node("ResizeBilinear", [x, g.node("Mul", [extents, g.wholes([2, 2])])]);
    });
    expect(network.nodes.at(-1)!.op.output).toEqual([14, 12, 4]);
  });
  it("both conventions at once, or a size of three, are an error", async () => {
    const resized =
      (size: number[], attributes: Attributes): Build =>
      (g, x) =>
        g.node("ResizeBilinear", [x, g.wholes(size)], attributes);
    await expect(onImage(resized([2, 2], { align_corners: true, half_pixel_centers: true }))).rejects.toMatchObject({ code: "params" });
    await expect(onImage(resized([2, 2, 2], {}))).rejects.toMatchObject({ code: "format" });
    await expect(onImage(resized([0, 2], {}))).rejects.toMatchObject({ code: "params" });
  });
});

describe("pixels and channels", () => {
  it.each([
    [2, [3, 2, 8]],
    [3, [1, 2, 9]],
  ])("DepthToSpace in blocks of %i", async (block_size, shape) => {
    await onImage((g, x) => g.node("DepthToSpace", [x], { block_size, data_format: "NHWC" }), shape);
  });
  it("SpaceToDepth, which tfjs lacks, goes back; channels first too", async () => {
    const there = { block_size: 2 };
    const back = await unchecked((g, x) => g.node("SpaceToDepth", [g.node("DepthToSpace", [x], there)], there), [3, 2, 8]);
    same(back, pointFor(back));
    const space = await unchecked((g, x) => g.node("SpaceToDepth", [x], there), [4, 6, 3]);
    const x = tf.tensor([...pointFor(space)], [2, 2, 3, 2, 3]);
    same(space, tf.transpose(x, [0, 2, 1, 3, 4]).dataSync());
    const first = await unchecked((g, x) => g.node("SpaceToDepth", [x], { ...there, data_format: "NCHW" }), [3, 4, 6]);
    const turned = tf.reshape(tf.transpose(tf.tensor([...pointFor(first)], [3, 4, 6]), [1, 2, 0]), [2, 2, 3, 2, 3]);
    const blocks = tf.reshape(tf.transpose(turned, [0, 2, 1, 3, 4]), [2, 3, 12]);
    same(first, tf.transpose(blocks, [2, 0, 1]).dataSync());
  });
  it("blocks that do not divide the channels are an error", async () => {
    await expect(onImage((g, x) => g.node("DepthToSpace", [x], { block_size: 3 }))).rejects.toMatchObject({ code: "shape" });
  });
});

describe("attributes of images", () => {
  const convolved =
    (attributes: Attributes): Build =>
    (g, x) =>
      g.node("Conv2D", [x, g.weight([3, 2, 4, 5])], { ...valid, ...attributes });

  it.each([
    [{ strides: [2, 1, 1, 1] }, IMAGE, "over the batch or the channels"],
    [{ strides: [1, 1, 1, 2] }, IMAGE, "over the batch or the channels"],
    [{ dilations: [1, 1, 1, 2] }, IMAGE, "over the batch or the channels"],
    [{ padding: "EXPLICIT", explicit_paddings: [0, 0, 0, 0, 0, 0, 1, 0] }, IMAGE, "pad the batch or the channels"],
    [{ data_format: "NCHW", strides: [1, 1, 2, 2] }, FIRST, "TensorFlow.js reads strides [1, 1, 2, 2] of an NCHW image as [1, 2]"],
    [{ data_format: "NCHW", dilations: [1, 1, 1, 2] }, FIRST, "TensorFlow.js reads dilations"],
    [{ data_format: "NCHW_VECT_C" }, IMAGE, "its data_format is NCHW_VECT_C"],
  ])("%j is refused", async (attributes, shape, reason) => {
    expect(await refusalOf(convolved(attributes), shape)).toContain(reason);
  });
  it.each(["MaxPool", "AvgPool"])("%s of channels-first images is refused: tfjs takes them for channels-last ones", async (op) => {
    const pooled: Build = (g, x) => g.node(op, [x], { ksize: [1, 1, 2, 2], strides: ones, padding: "VALID", data_format: "NCHW" });
    expect(await refusalOf(pooled, FIRST)).toContain(`computes ${op} on NHWC`);
  });
  it.each([
    ["strides of three numbers", { strides: [1, 1, 1] }, /attr\.strides: expected 4 numbers/],
    ["strides of 0", { strides: [1, 0, 1, 1] }, /at least 1/],
    ["an unknown padding", { padding: "FULL" }, /attr\.padding: expected SAME, VALID or EXPLICIT/],
    ["explicit paddings of two", { padding: "EXPLICIT", explicit_paddings: [1, 1] }, /attr\.explicit_paddings: expected 8/],
    ["explicit paddings without need", { explicit_paddings: [0, 0, 1, 1, 1, 1, 0, 0] }, /expected none with padding VALID/],
  ])("%s are an error that names node and attribute", async (_, attributes, says) => {
    await expect(onImage(convolved(attributes))).rejects.toThrow(says);
    await expect(onImage(convolved(attributes))).rejects.toThrow(/Conv2D/);
  });
  it("a kernel that depends on the input, an image of 3 axes and a batch made inside are no convolutions", async () => {
    const own: Build = (g, x) => g.node("Conv2D", [x, g.node("Reshape", [x, g.wholes([7, 6, 4, 1])])], valid);
    expect(await refusalOf(own)).toContain("its kernel depends on the input");
    const flat: Build = (g, x) => g.node("Conv2D", [g.node("Reshape", [x, g.wholes([7, 6, 4])]), g.weight([3, 2, 4, 5])], valid);
    await expect(onImage(flat)).rejects.toMatchObject({ code: "shape" });
    const batch: Build = (g, x) => g.node("Conv2D", [g.node("Reshape", [x, g.wholes([2, 7, 3, 4])]), g.weight([3, 2, 4, 5])], valid);
    expect(await refusalOf(batch)).toContain("a batch of 2 images");
  });
});
