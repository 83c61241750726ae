import type { MasoErrorCode, Network } from "@maso/core";
import { describe, expect, it } from "vitest";
import { readTfjs } from "../../../src/tfjs";
import { checked, float, type GraphWriter, graph, type } from "./graphs";

type Build = (g: GraphWriter, x: string) => string;

/** What tfjs computes is the oracle: `checked` throws where the network disagrees with it. A ReLU at the end reads what is moved. */
async function on(shape: readonly (number | null)[], build: Build): Promise<Network> {
  const g = graph();
  return (await checked(g.artifacts(g.node("Relu", [build(g, g.input("x", shape))])))).network;
}

const onImage = (build: Build): Promise<Network> => on([null, 4, 5, 3], build);
/** The same values, channels first: nothing has moved in memory. */
const turned = (g: GraphWriter, x: string): string => g.node("Transpose", [x, g.wholes([0, 3, 1, 2])]);
const kinds = ({ nodes }: Network): string[] => nodes.map(({ op }) => op.kind);
const shapeOf = (network: Network): readonly number[] => network.nodes.at(-1)!.op.output;

async function refusalOf(build: Build, shape: readonly (number | null)[] = [null, 4, 5, 3]): Promise<string> {
  const g = graph();
  const { refused } = await readTfjs(g.artifacts(build(g, g.input("x", shape))));
  expect(refused).toHaveLength(1);
  expect(refused[0]!.reason).not.toContain("no plugin");
  return refused[0]!.reason;
}

const failsWith = (code: MasoErrorCode, word: string): unknown => expect.objectContaining({ code, message: expect.stringContaining(word) });

describe("arithmetic with a constant", () => {
  const shapes = [[], [1], [3], [5, 1], [4, 5, 3], [1, 1, 1, 3], [1, 4, 1, 1]];
  it.each(["Add", "AddV2", "Sub", "Mul"].flatMap((op) => shapes.map((shape) => [op, shape] as const)))(
    "%s of %j, on either side",
    async (op, shape) => {
      await onImage((g, x) => g.node(op, [x, g.weight(shape)]));
      await onImage((g, x) => g.node(op, [g.weight(shape), x]));
    },
  );

  it.each(["RealDiv", "Div", "DivNoNan"])("%s", async (op) => {
    await onImage((g, x) => g.node(op, [x, g.constant([0.5, -2, 4])]));
    expect(await refusalOf((g, x) => g.node(op, [g.constant(1), x]))).toContain("divides by its input");
    expect(await refusalOf((g, x) => g.node(op, [x, g.node("Relu", [x])]))).toContain("divides one branch");
  });

  it("that is 0 where it divides", async () => {
    await onImage((g, x) => g.node("DivNoNan", [x, g.constant([1, 0, 2])]));
    expect(await refusalOf((g, x) => g.node("RealDiv", [x, g.constant([1, 0, 2])]))).toContain("0 in places");
    expect(await refusalOf((g, x) => g.node("RealDiv", [x, g.wholes(2)], { T: type("DT_INT32") }))).toContain("step function");
  });

  it.each([
    [
      [4, 1, 1],
      [null, 5, 3],
    ],
    [
      [2, 1, 5, 3],
      [null, 5, 3],
    ],
    [
      [6, 5],
      [null, 1],
    ],
    [
      [3, 1],
      [null, 4],
    ],
  ])("of shape %j, larger than values of shape %j", async (shape, input) => {
    for (const op of ["AddV2", "Mul", "Sub"]) {
      await on(input, (g, x) => g.node(op, [x, g.weight(shape)]));
      await on(input, (g, x) => g.node(op, [g.weight(shape), x]));
    }
  });

  it("on channels first costs no permutation", async () => {
    const network = await onImage((g, x) => g.node("Mul", [g.node("AddV2", [turned(g, x), g.weight([3, 1, 1])]), g.weight([1, 3, 1, 5])]));
    expect(kinds(network).slice(0, 2)).toEqual(["scale-shift", "scale-shift"]);
    await onImage((g, x) => g.node("Sub", [g.weight([2, 1, 3, 1, 1]), turned(g, x)]));
  });

  it("Neg, and powers of 1", async () => {
    await onImage((g, x) => g.node("Neg", [x]));
    await onImage((g, x) => g.node("Pow", [x, g.constant(1)]));
    expect(await refusalOf((g, x) => g.node("Pow", [x, g.constant(2)]))).toContain("power");
  });

  it("AddN", async () => {
    await onImage((g, x) => g.node("AddN", [x, g.node("Relu", [x]), g.weight([1, 4, 5, 3]), g.node("Abs", [x])]));
    await onImage((g, x) => g.node("AddN", [g.weight([1, 4, 5, 3]), x]));
    expect(await refusalOf((g, x) => g.node("AddN", [x, g.node("Mean", [x, g.wholes([1])], { keep_dims: true })]))).toContain(
      "several shapes",
    );
  });
});

describe("arithmetic of branches", () => {
  it.each(["AddV2", "Sub"])("%s of shapes that repeat, in all directions", async (op) => {
    const pooled: Build = (g, x) => g.node("Max", [x, g.wholes([1, 2])], { keep_dims: true });
    const channels: Build = (g, x) => g.node("Max", [x, g.wholes([3])], { keep_dims: true });
    await onImage((g, x) => g.node(op, [x, pooled(g, x)]));
    await onImage((g, x) => g.node(op, [pooled(g, x), x]));
    await onImage((g, x) => g.node(op, [channels(g, x), pooled(g, x)]));
    await onImage((g, x) => g.node(op, [x, g.node("Max", [x, g.wholes([0, 1, 2])])]));
    await onImage((g, x) => g.node(op, [turned(g, x), turned(g, g.node("Abs", [x]))]));
    expect(kinds(await onImage((g, x) => g.node(op, [x, x])))).toHaveLength(2);
  });

  it("products are refused in the words of what they are", async () => {
    expect(await refusalOf((g, x) => g.node("Mul", [x, x]))).toContain("squares");
    expect(await refusalOf((g, x) => g.node("Mul", [x, g.node("Abs", [x])]))).toContain("multiplies two branches");
    const shifted: Build = (g, x) => g.node("Relu6", [g.node("AddV2", [x, g.constant(3)])]);
    const sixth: Build = (g, x) => g.node("Mul", [x, g.constant(1 / 6)]);
    expect(await refusalOf((g, x) => g.node("Mul", [x, shifted(g, x)]))).toContain("hard swish");
    expect(await refusalOf((g, x) => g.node("Mul", [sixth(g, shifted(g, x)), x]))).toContain("hard swish");
    const gate: Build = (g, x) => g.node("Sigmoid", [g.node("Mean", [x, g.wholes([1, 2])], { keep_dims: true })]);
    expect(await refusalOf((g, x) => g.node("Mul", [x, gate(g, x)]))).toContain("gate");
  });
});

describe("Transpose", () => {
  it.each([[[0, 3, 1, 2]], [[0, 2, 1, 3]], [[1, 0, 2, 3]], [[3, 2, 1, 0]]])("%j", async (perm) => {
    await onImage((g, x) => g.node("Reshape", [g.node("Transpose", [x, g.wholes(perm)]), g.wholes([-1])]));
  });
  it("of a constant", async () => {
    await onImage((g, x) => g.node("AddV2", [x, g.node("Transpose", [g.weight([1, 3, 4, 5]), g.wholes([0, 2, 3, 1])])]));
    await on([null, 4], (g, x) => g.node("MatMul", [x, g.node("Transpose", [g.weight([3, 4]), g.wholes([1, 0])])]));
    await on([null, 3], (g, x) => g.node("MatMul", [x, g.node("Transpose", [g.weight([1, 3]), g.wholes([1, 0])])]));
  });
});

describe("Reshape, Squeeze, ExpandDims", () => {
  it.each([[[-1, 60]], [[1, 5, 12]], [[60]], [[4, -1]], [[1, 1, 60, 1]]])("Reshape to %j", async (shape) => {
    await onImage((g, x) => g.node("Reshape", [x, g.wholes(shape)]));
  });
  it.each([[{ squeeze_dims: [1] }], [{ axis: [-2] }], [{ squeeze_dims: [1, 3] }], [{}], [{ squeeze_dims: [0] }]])(
    "Squeeze %j",
    async (attributes) => {
      await on([null, 1, 4, 1, 3], (g, x) => g.node("Squeeze", [x], attributes));
    },
  );
  it.each([0, 1, 2, -1, -3])("ExpandDims at %d", async (axis) => {
    await on([null, 4, 3], (g, x) => g.node("ExpandDims", [x, g.wholes(axis)]));
  });
  it("that do not fit", async () => {
    await expect(onImage((g, x) => g.node("Reshape", [x, g.wholes([-1, 7])]))).rejects.toThrow(
      failsWith("shape", "do not fit into [-1, 7]"),
    );
    await expect(onImage((g, x) => g.node("Squeeze", [x], { squeeze_dims: [1] }))).rejects.toThrow(failsWith("shape", "has 4 values"));
    await expect(onImage((g, x) => g.node("ExpandDims", [x, g.wholes(7)]))).rejects.toThrow(failsWith("format", "axis 7"));
    expect(await refusalOf((g, x) => g.node("Reshape", [x, g.node("Relu", [x])]))).toContain("shape depends on the input");
  });
});

describe("Slice and StridedSlice", () => {
  const slice =
    (begin: number[], size: number[]): Build =>
    (g, x) =>
      g.node("Slice", [x, g.wholes(begin), g.wholes(size)]);
  it.each([
    [
      [0, 1, 2, 0],
      [1, 2, 3, 3],
    ],
    [
      [0, 1, 0, 1],
      [-1, -1, 5, -1],
    ],
  ])("Slice from %j of %j", async (begin, size) => {
    await onImage(slice(begin, size));
  });
  it("Slice on channels first", async () => {
    const network = await onImage((g, x) => slice([0, 1, 1, 0], [1, 2, -1, 4])(g, turned(g, x)));
    expect(kinds(network)[0]).toBe("slice");
  });

  type Masks = Readonly<Record<string, number>>;
  const strided =
    (begin: number[], end: number[], strides: number[], masks: Masks = {}): Build =>
    (g, x) =>
      g.node("StridedSlice", [x, g.wholes(begin), g.wholes(end), g.wholes(strides)], masks);
  it.each<[string, number[], number[], number[], Masks]>([
    ["1:3", [0, 1], [1, 3], [1, 1], {}],
    [":, -3:-1, ::2", [0, -3, 0], [0, -1, 0], [1, 1, 2], { begin_mask: 5, end_mask: 5 }],
    [":, ::-1", [0, 0], [0, 0], [1, -1], { begin_mask: 3, end_mask: 3 }],
    [":, 3:0:-2", [0, 3], [1, 0], [1, -2], { begin_mask: 1, end_mask: 1 }],
    ["..., 1:2", [0, 1], [0, 2], [1, 1], { ellipsis_mask: 1 }],
    ["..., -1", [0, -1], [0, 0], [1, 1], { ellipsis_mask: 1, shrink_axis_mask: 2 }],
    ["0", [0], [1], [1], { shrink_axis_mask: 1 }],
    [":, 2, None, 1:", [0, 2, 0, 1], [0, 3, 0, 5], [1, 1, 1, 1], { begin_mask: 1, end_mask: 1, shrink_axis_mask: 2, new_axis_mask: 4 }],
    ["None, ..., None", [0, 0, 0], [0, 0, 0], [1, 1, 1], { new_axis_mask: 5, ellipsis_mask: 2 }],
    ["beyond the end", [0, -9, 2], [9, 99, 99], [1, 1, 1], {}],
    ["..., 0:2 of all axes", [0, 0, 0, 0, 0], [1, 2, 3, 0, 2], [1, 1, 1, 1, 1], { ellipsis_mask: 8 }],
  ])("StridedSlice %s", async (_, begin, end, strides, masks) => {
    await onImage(strided(begin, end, strides, masks));
  });
  it("that take nothing, or what is not there", async () => {
    await expect(onImage(strided([0, 3], [1, 3], [1, 1]))).rejects.toThrow(failsWith("shape", "takes 0 values"));
    await expect(onImage(strided([0, 7], [1, 8], [1, 1], { shrink_axis_mask: 2 }))).rejects.toThrow(
      failsWith("shape", "from 7 on of axis 1"),
    );
    await expect(onImage(strided([0, 0], [1, 1], [1, 0]))).rejects.toThrow(failsWith("format", "no stride 0"));
    await expect(onImage(strided([0, 0], [1, 1], [1, 1], { ellipsis_mask: 3 }))).rejects.toThrow(failsWith("format", "ellipsis_mask is 3"));
    await expect(onImage(slice([0, 3, 0, 0], [1, 2, 5, 3]))).rejects.toThrow(failsWith("shape", "takes 2 values from 3 on of axis 1"));
    await expect(onImage(slice([0, 0], [1, 2]))).rejects.toThrow(failsWith("format", "names 2 axes"));
    expect(await refusalOf((g, x) => g.node("Slice", [x, g.node("Relu", [x]), g.wholes([1])]))).toContain("begin depends on the input");
  });
});

describe("Split, SplitV, Unpack", () => {
  const rejoined = (g: GraphWriter, node: string, count: number): string =>
    g.node(
      "AddN",
      Array.from({ length: count }, (_, i) => (i === 0 ? node : `${node}:${i}`)),
    );
  it("Split", async () => {
    await onImage((g, x) => rejoined(g, g.node("Split", [g.wholes(1), x], { num_split: 2 }), 2));
    await onImage((g, x) => rejoined(g, g.node("Split", [g.wholes(-1), x], { num_split: 3 }), 3));
    await onImage((g, x) => rejoined(g, g.node("Split", [g.wholes(1), turned(g, x)], { num_split: 3 }), 3));
    await expect(onImage((g, x) => g.node("Split", [g.wholes(1), x], { num_split: 3 }))).rejects.toThrow(
      failsWith("format", "num_split is 3"),
    );
  });
  it("SplitV", async () => {
    const parts: Build = (g, x) => {
      const split = g.node("SplitV", [x, g.wholes([1, -1, 1]), g.wholes(2)]);
      return g.node("ConcatV2", [`${split}:2`, split, `${split}:1`, g.wholes(2)], { N: 3 });
    };
    await onImage(parts);
    await onImage((g, x) => parts(g, turned(g, x)));
    await expect(onImage((g, x) => g.node("SplitV", [x, g.wholes([1, 1]), g.wholes(1)]))).rejects.toThrow(
      failsWith("format", "do not add up"),
    );
  });
  it("Unpack", async () => {
    await onImage((g, x) => rejoined(g, g.node("Unpack", [x], { axis: 1, num: 4 }), 4));
    await onImage((g, x) => rejoined(g, g.node("Unpack", [x], { axis: -1, num: 3 }), 3));
    await onImage((g, x) => g.node("Unpack", [x], { axis: 0, num: 1 }));
  });
});

describe("ConcatV2, Concat, Pack", () => {
  it.each([0, 1, 2, 3, -1])("ConcatV2 along %d", async (axis) => {
    await onImage((g, x) => g.node("ConcatV2", [x, g.node("Abs", [x]), g.wholes(axis)], { N: 2 }));
    await onImage((g, x) => g.node("ConcatV2", [turned(g, x), turned(g, g.node("Abs", [x])), g.wholes(axis)], { N: 2 }));
  });
  it.each([1, 3, -1, 0])("with constants among its values, along %d", async (axis) => {
    const shape = [1, 4, 5, 3];
    await onImage((g, x) => g.node("ConcatV2", [g.weight(shape), x, g.weight(shape), g.node("Abs", [x]), g.wholes(axis)], { N: 4 }));
    await onImage((g, x) => g.node("ConcatV2", [turned(g, x), g.weight([1, 3, 4, 5]), g.wholes(axis)], { N: 2 }));
  });
  it("of one value, and of few of many", async () => {
    await onImage((g, x) => g.node("ConcatV2", [x, g.wholes(1)], { N: 1 }));
    await expect(onImage((g, x) => g.node("ConcatV2", [x, x, x, g.wholes(1)]))).rejects.toThrow(
      failsWith("format", "its N is 2; it reads 3"),
    );
    await expect(onImage((g, x) => g.node("ConcatV2", [x, g.weight([1, 4, 5]), g.wholes(1)], { N: 2 }))).rejects.toThrow(
      failsWith("shape", "agree off axis"),
    );
  });
  it.each([0, 1, 2, 4, -1])("Pack along %d", async (axis) => {
    await onImage((g, x) => g.node("Pack", [x, g.node("Abs", [x]), x], { axis, N: 3 }));
    await onImage((g, x) => g.node("Pack", [x, g.weight([1, 4, 5, 3])], { axis, N: 2 }));
  });
  it("Pack of values without batch", async () => {
    await on([null, 4], (g, x) => g.node("Pack", [g.node("Reshape", [x, g.wholes([4])]), g.weight([4])], { axis: 0, N: 2 }));
    await on([null, 4], (g, x) => g.node("Pack", [g.node("Sum", [x, g.wholes([0, 1])]), g.constant(2)], { axis: 0, N: 2 }));
  });
});

describe("GatherV2 and Gather", () => {
  it.each<[number[], number[], number]>([
    [[2], [0, 3], 1],
    [[2, 2], [3, 0, 1, 1], 1],
    [[], [2], -1],
    [[3], [0, 0, 0], 0],
  ])("indices of shape %j: %j, along %d", async (shape, indices, axis) => {
    await onImage((g, x) => g.node("GatherV2", [x, g.wholes(indices, shape), g.wholes(axis)]));
  });
  it("by the input are refused, and out of range an error", async () => {
    const rows: Build = (g, x) => g.node("GatherV2", [g.weight([10, 3]), x, g.wholes(0)]);
    expect(await refusalOf(rows)).toContain("looks up places");
    expect(await refusalOf((g, x) => g.node("GatherV2", [x, g.wholes([0], [1, 1]), g.wholes(1)], { batch_dims: 1 }))).toContain(
      "batch_dims",
    );
    await expect(onImage((g, x) => g.node("GatherV2", [x, g.wholes([4]), g.wholes(1)]))).rejects.toThrow(
      failsWith("params", "from 0 to 3, got 4"),
    );
  });
});

describe("ReverseV2, Tile, BroadcastTo", () => {
  it("ReverseV2", async () => {
    await onImage((g, x) => g.node("ReverseV2", [x, g.wholes([1, -1])]));
    expect(kinds(await onImage((g, x) => g.node("ReverseV2", [turned(g, x), g.wholes([1])])))[0]).toBe("reverse");
    await onImage((g, x) => g.node("ReverseV2", [x, g.wholes([0])]));
  });
  it("Tile", async () => {
    await onImage((g, x) => g.node("Tile", [x, g.wholes([1, 2, 1, 3])]));
    await onImage((g, x) => g.node("Tile", [x, g.wholes([2, 1, 2, 1])]));
    await onImage((g, x) => g.node("Tile", [turned(g, x), g.wholes([1, 2, 1, 3])]));
  });
  it.each([[[1, 4, 3]], [[7, 4, 3]], [[2, 5, 4, 3]]])("BroadcastTo %j", async (shape) => {
    await on([null, 4, 1], (g, x) => g.node("BroadcastTo", [x, g.wholes(shape)]));
  });
  it("to what it does not fit", async () => {
    await expect(onImage((g, x) => g.node("BroadcastTo", [x, g.wholes([1, 4, 5, 7])]))).rejects.toThrow(
      failsWith("shape", "do not broadcast"),
    );
    await expect(onImage((g, x) => g.node("BroadcastTo", [x, g.wholes([1, 5, 3])]))).rejects.toThrow(
      failsWith("format", "does not broadcast"),
    );
  });
});

describe("Pad, PadV2, MirrorPad", () => {
  const paddings = [0, 0, 1, 2, 0, 1, 2, 0];
  const pads =
    (op: string, ...more: string[]): Build =>
    (g, x) =>
      g.node(op, [x, g.wholes(paddings, [4, 2]), ...more]);
  it("with zeros and with another number", async () => {
    await onImage(pads("Pad"));
    await onImage((g, x) => pads("PadV2", g.constant(-0.5))(g, g.node("Neg", [x])));
    await onImage((g, x) => g.node("Pad", [x, g.wholes([0, 1, 0, 0, 0, 0, 0, 0], [4, 2])]));
  });
  it("on channels first", async () => {
    expect(kinds(await onImage((g, x) => pads("Pad")(g, turned(g, x))))[0]).toBe("pad");
  });
  it.each(["REFLECT", "SYMMETRIC"])("mirrored: %s", async (mode) => {
    await onImage((g, x) => g.node("MirrorPad", [x, g.wholes([0, 0, 1, 3, 0, 4, 2, 0], [4, 2])], { mode }));
    await onImage((g, x) => g.node("MirrorPad", [turned(g, x), g.wholes([0, 0, 2, 1, 3, 0, 0, 4], [4, 2])], { mode }));
  });
  it("by more than there is to mirror", async () => {
    const far = (mode: string, by: number): Promise<Network> =>
      onImage((g, x) => g.node("MirrorPad", [x, g.wholes([0, 0, by, 0, 0, 0, 0, 0], [4, 2])], { mode }));
    await expect(far("REFLECT", 4)).rejects.toThrow(failsWith("shape", "at most 3 of 4"));
    await expect(far("SYMMETRIC", 5)).rejects.toThrow(failsWith("shape", "at most 4 of 4"));
  });
});

describe("Sum and Mean", () => {
  const axes = [[1, 2], [3], [-1, 1], [0], [0, 1, 2, 3]];
  it.each(["Sum", "Mean"].flatMap((op) => [false, true].flatMap((keep) => axes.map((each) => [op, each, keep] as const))))(
    "%s over %j, axes kept: %s",
    async (op, each, keep_dims) => {
      await onImage((g, x) => g.node(op, [x, g.wholes(each)], { keep_dims }));
    },
  );
  it("on channels first", async () => {
    await onImage((g, x) => g.node("Mean", [turned(g, x), g.wholes([2, 3])], { keep_dims: true }));
    expect(shapeOf(await onImage((g, x) => g.node("Sum", [turned(g, x), g.wholes([2, 3])])))).toEqual([3]);
  });
});

describe("refusals", () => {
  it.each([
    ...["Square", "Sqrt", "Rsqrt", "Exp", "Log", "Elu", "Selu", "Softplus", "Erf", "Reciprocal", "Floor", "Round", "Sign"],
    ...["Softmax", "LogSoftmax", "FFT", "TopKV2"],
  ])("%s of the input names why", async (op) => {
    expect(await refusalOf((g, x) => g.node("Relu", [g.node(op, [x])]))).not.toBe("");
  });
  it.each(["SquaredDifference", "Greater", "LessEqual", "FloorDiv", "Mod"])("%s of two branches names why", async (op) => {
    expect(await refusalOf((g, x) => g.node("Relu", [g.node(op, [x, g.node("Abs", [x])], { alpha: float(1) })]))).not.toBe("");
  });
});
