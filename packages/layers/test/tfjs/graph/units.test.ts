import type { Network } from "@maso/core";
import { describe, expect, it } from "vitest";
import { readTfjs } from "../../../src/tfjs";
import { checked, float, type GraphWriter, graph } from "./graphs";

/** The kinds of a network's quantizers. */
const quantizers = ({ nodes }: Network): string[] => nodes.filter(({ op }) => op.type === "quantizer").map(({ op }) => op.kind);
const paramsOf = ({ nodes }: Network, kind: string): unknown => nodes.find(({ op }) => op.kind === kind)!.op.params;

/** A graph on an image of 3 channels; what the function makes of it stands at the end. */
async function onImage(build: (g: GraphWriter, x: string) => string, seed?: number): Promise<Network> {
  const g = graph(seed);
  return (await checked(g.artifacts(build(g, g.input("x", [null, 4, 5, 3]))))).network;
}

async function refusalOf(build: (g: GraphWriter, x: string) => string): Promise<string> {
  const g = graph();
  const { refused } = await readTfjs(g.artifacts(build(g, g.input("x", [null, 4, 5, 3]))));
  expect(refused).toHaveLength(1);
  return refused[0]!.reason;
}

/** A transposition to channels first: nothing moves in memory. */
const channelsFirst = (g: GraphWriter, x: string): string => g.node("Transpose", [x, g.wholes([0, 3, 1, 2])]);

describe("elementwise ops", () => {
  it.each([
    ["Relu", "relu", {}],
    ["Relu6", "clip", {}],
    ["Abs", "abs", {}],
    ["LeakyRelu", "leaky-relu", {}],
    ["LeakyRelu", "leaky-relu", { alpha: -1.5 }],
    ["LeakyRelu", "leaky-relu", { alpha: float(2) }],
  ])("%s is %s (%j)", async (op, kind, attributes) => {
    for (const turned of [false, true]) {
      const network = await onImage((g, x) => g.node("Abs", [g.node(op, [turned ? channelsFirst(g, x) : x], attributes)]));
      expect(quantizers(network)).toEqual([kind, "abs"]);
    }
  });

  it.each(["Sigmoid", "Tanh"])("%s within the network", async (op) => {
    const network = await onImage((g, x) => g.node("Relu", [g.node(op, [x])]));
    expect(quantizers(network)).toEqual([op.toLowerCase(), "relu"]);
  });

  it.each([[[3]], [[1]], [[]], [[1, 1, 3]], [[1, 1, 1, 3]], [[4, 5, 3]], [[4, 1, 1]], [[1, 4, 5, 1]]])(
    "Prelu with alpha %j",
    async (shape) => {
      const network = await onImage((g, x) => g.node("Prelu", [x, g.weight(shape)]));
      expect(quantizers(network)).toEqual(["prelu"]);
    },
  );
  it.each([[[3, 1, 1]], [[1, 3, 1, 1]], [[1]], [[3, 4, 5]]])("Prelu on channels first, with alpha %j", async (shape) => {
    const network = await onImage((g, x) => g.node("Prelu", [channelsFirst(g, x), g.weight(shape)]));
    expect(quantizers(network)).toEqual(["prelu"]);
  });
  it("Prelu with an alpha that depends on the input, or that makes more of the values", async () => {
    expect(await refusalOf((g, x) => g.node("Prelu", [x, g.node("Relu", [x])]))).toContain("alpha depends on the input");
    expect(await refusalOf((g, x) => g.node("Prelu", [x, g.weight([2, 1, 1, 1, 1])]))).toContain(
      "alpha of shape [2, 1, 1, 1, 1] is larger",
    );
  });

  it("ClipByValue", async () => {
    const network = await onImage((g, x) => g.node("ClipByValue", [x, g.constant(-0.5), g.constant(0.75)]));
    expect(paramsOf(network, "clip")).toMatchObject({ min: -0.5, max: 0.75 });
    expect(await refusalOf((g, x) => g.node("ClipByValue", [x, g.constant([0, 1, 2]), g.constant(5)]))).toContain("takes the first only");
    await expect(refusalOf((g, x) => g.node("ClipByValue", [x, g.constant(1), g.constant(0)]))).rejects.toMatchObject({ code: "params" });
  });
});

describe("Maximum and Minimum", () => {
  it.each([
    ["Maximum", 0, "relu", {}],
    ["Maximum", -0.5, "clip", { min: -0.5 }],
    ["Minimum", 0.5, "clip", { max: 0.5 }],
    ["Minimum", 0, "clip", { max: 0 }],
  ])("%s with %d, on either side, is %s", async (op, c, kind, params) => {
    for (const swapped of [false, true]) {
      const network = await onImage((g, x) => g.node(op, swapped ? [g.constant(c), x] : [x, g.constant(c)]));
      expect(quantizers(network)).toEqual([kind]);
      expect(paramsOf(network, kind)).toMatchObject(params);
    }
  });

  it.each([[[3]], [[1, 1, 1, 3]], [[4, 5, 3]], [[5, 1]]])("with constants of shape %j", async (shape) => {
    for (const op of ["Maximum", "Minimum"]) {
      expect(quantizers(await onImage((g, x) => g.node(op, [x, g.weight(shape)])))).toEqual(["clip"]);
    }
  });
  it("with constants, on channels first", async () => {
    for (const shape of [[3, 1, 1], [5], [1, 1, 4, 1]])
      expect(quantizers(await onImage((g, x) => g.node("Maximum", [g.weight(shape), channelsFirst(g, x)])))).toEqual(["clip"]);
  });
  it("of two branches, also of shapes that repeat", async () => {
    for (const op of ["Maximum", "Minimum"]) {
      const kind = op.toLowerCase();
      expect(quantizers(await onImage((g, x) => g.node(op, [x, g.node("Abs", [g.node("Minimum", [x, g.weight([3])])])])))).toEqual([
        "clip",
        "abs",
        kind,
      ]);
      const pooled = (g: GraphWriter, x: string): string => g.node("Max", [x, g.wholes([1, 2])], { keep_dims: true });
      const scalar = (g: GraphWriter, x: string): string => g.node("Max", [x, g.wholes([0, 1, 2, 3])]);
      expect(quantizers(await onImage((g, x) => g.node(op, [pooled(g, x), x])))).toEqual(["max", kind]);
      expect(quantizers(await onImage((g, x) => g.node(op, [x, scalar(g, x)])))).toEqual(["max", kind]);
    }
  });
  it("that a constant makes larger", async () => {
    expect(await refusalOf((g, x) => g.node("Maximum", [g.weight([2, 1, 1, 1]), x]))).toContain("bound of shape [2, 1, 1, 1] is larger");
  });
});

describe("Max and Min over axes", () => {
  it.each([[[3]], [[-1]], [[1, 2]], [[2, 1]], [[0, 3]], [[1, 2, 3]], [[0, 1, 2, 3]]])("over %j", async (axes) => {
    for (const keep_dims of [true, false])
      for (const op of ["Max", "Min"])
        for (const turned of [false, true]) {
          const network = await onImage((g, x) => g.node(op, [turned ? channelsFirst(g, x) : x, g.wholes(axes)], { keep_dims }));
          expect(quantizers(network)).toEqual([op.toLowerCase()]);
        }
  });
  it("over one axis that is no list", async () =>
    expect(quantizers(await onImage((g, x) => g.node("Max", [x, g.wholes(2)])))).toEqual(["max"]));
  it("over the batch alone", async () => {
    for (const keep_dims of [true, false])
      expect(quantizers(await onImage((g, x) => g.node("Max", [x, g.wholes(0)], { keep_dims })))).toEqual([]);
  });
  it.each([[[4]], [[-5]], [[1, 1]], [[1, -3]]])("over %j is an error", async (axes) => {
    await expect(refusalOf((g, x) => g.node("Max", [x, g.wholes(axes)]))).rejects.toMatchObject({
      code: expect.stringMatching(/format|params/),
    });
  });
});

describe("clips in pieces are one clip", () => {
  const clips: readonly [string, (g: GraphWriter, x: string) => string, object][] = [
    ["Relu, Minimum", (g, x) => g.node("Minimum", [g.node("Relu", [x]), g.constant(0.5)]), { min: 0, max: 0.5 }],
    ["Minimum, Relu", (g, x) => g.node("Relu", [g.node("Minimum", [g.constant(0.5), x])]), { min: 0, max: 0.5 }],
    ["Minimum, Maximum", (g, x) => g.node("Maximum", [g.node("Minimum", [x, g.constant(1)]), g.constant(-1)]), { min: -1, max: 1 }],
    ["Maximum, Minimum", (g, x) => g.node("Minimum", [g.constant(1), g.node("Maximum", [g.constant(-1), x])]), { min: -1, max: 1 }],
    ["Relu6, Minimum", (g, x) => g.node("Minimum", [g.node("Relu6", [x]), g.constant(0.25)]), { min: 0, max: 0.25 }],
    ["Maximum, Relu6", (g, x) => g.node("Relu6", [g.node("Maximum", [x, g.constant(0.25)])]), { min: 0.25, max: 6 }],
    ["Maximum, Relu", (g, x) => g.node("Relu", [g.node("Maximum", [x, g.constant(-1)])]), { min: 0 }],
    [
      "Minimum, ClipByValue",
      (g, x) => g.node("ClipByValue", [g.node("Minimum", [x, g.constant(0.5)]), g.constant(-1), g.constant(2)]),
      { min: -1, max: 0.5 },
    ],
  ];
  it.each(clips)("%s", async (_, build, params) => {
    for (const turned of [false, true]) {
      const network = await onImage((g, x) => build(g, turned ? channelsFirst(g, x) : x));
      expect(quantizers(network)).toEqual(["clip"]);
      expect(paramsOf(network, "clip")).toMatchObject(params);
    }
  });

  it("with bounds of channels", async () => {
    const network = await onImage((g, x) => {
      const low = g.node("Maximum", [x, g.weight([3], (normal) => -Math.abs(normal()))]);
      return g.node("Minimum", [low, g.weight([1, 1, 1, 3], (normal) => Math.abs(normal()))]);
    });
    expect(quantizers(network)).toEqual(["clip"]);
  });

  it("but not where the bounds do not overlap", async () => {
    const constant = await onImage((g, x) => g.node("Minimum", [g.node("Relu", [x]), g.constant(-1)]));
    expect(quantizers(constant)).toEqual(["relu", "clip"]);
    const above = await onImage((g, x) => g.node("Maximum", [g.node("Minimum", [x, g.constant(0)]), g.constant(1)]));
    expect(quantizers(above)).toEqual(["clip", "clip"]);
  });

  it("nor where the values are another's", async () => {
    const network = await onImage((g, x) => g.node("Minimum", [g.node("Abs", [x]), g.constant(1)]));
    expect(quantizers(network)).toEqual(["abs", "clip"]);
  });
});

describe("PReLU in its split forms is one PReLU", () => {
  type Form = (g: GraphWriter, x: string, alpha: readonly number[], shape: readonly number[]) => string;
  const times = (g: GraphWriter, values: readonly number[], shape: readonly number[], y: string): string =>
    g.node("Mul", [g.constant(values.map(Math.fround), shape), y]);
  const relu = (g: GraphWriter, x: string): string => g.node("Relu", [x]);
  const neg = (g: GraphWriter, x: string): string => g.node("Neg", [x]);
  const minus = (alpha: readonly number[]): number[] => alpha.map((a) => -a);

  const forms: Readonly<Record<string, Form>> = {
    "relu(x) + α min(x, 0)": (g, x, a, s) => g.node("AddV2", [relu(g, x), times(g, a, s, g.node("Minimum", [x, g.constant(0)]))]),
    "max(x, 0) + min(0, x) α": (g, x, a, s) =>
      g.node("Add", [g.node("Maximum", [x, g.constant(0)]), g.node("Mul", [g.node("Minimum", [g.constant(0), x]), g.constant(a, s)])]),
    "α min(x, 0) + relu(x)": (g, x, a, s) => g.node("AddV2", [times(g, a, s, g.node("Minimum", [x, g.constant(0)])), relu(g, x)]),
    "relu(x) − α relu(−x)": (g, x, a, s) => g.node("Sub", [relu(g, x), times(g, a, s, relu(g, neg(g, x)))]),
    "relu(x) + (−α) relu(−x)": (g, x, a, s) => g.node("AddV2", [relu(g, x), times(g, minus(a), s, relu(g, neg(g, x)))]),
    "(−α) relu(−x) + relu(x)": (g, x, a, s) => g.node("Add", [g.node("Mul", [relu(g, neg(g, x)), g.constant(minus(a), s)]), relu(g, x)]),
    "relu(x) + −(α relu(−x))": (g, x, a, s) => g.node("AddV2", [relu(g, x), neg(g, times(g, a, s, relu(g, neg(g, x))))]),
    "relu(x) − relu(−x) α, −x as a product": (g, x, a, s) =>
      g.node("Sub", [relu(g, x), g.node("Mul", [relu(g, g.node("Mul", [x, g.constant(-1)])), g.constant(a, s)])]),
    "½ (1 + α) x + ½ (1 − α) |x|": (g, x, a, s) =>
      g.node("AddV2", [
        times(
          g,
          a.map((each) => (1 + each) / 2),
          s,
          x,
        ),
        times(
          g,
          a.map((each) => (1 - each) / 2),
          s,
          g.node("Abs", [x]),
        ),
      ]),
    "½ (x + |x|) + ½ α (x − |x|)": (g, x, a, s) => {
      const half = (y: string): string => g.node("Mul", [y, g.constant(0.5)]);
      const up = half(g.node("AddV2", [x, g.node("Abs", [x])]));
      return g.node("Add", [times(g, a, s, half(g.node("Sub", [x, g.node("Abs", [x])]))), up]);
    },
    "relu(x) + α (x − |x|) ½": (g, x, a, s) =>
      g.node("AddN", [relu(g, x), g.node("Mul", [times(g, a, s, g.node("Sub", [x, g.node("Abs", [x])])), g.constant(0.5)])]),
  };
  const slopes: readonly [string, number[], number[]][] = [
    ["one slope", [0.25], []],
    ["a slope above 1", [3], [1]],
    ["a slope of each channel", [0.25, -0.5, 2], [3]],
    ["a slope of each channel, rank 4", [0.125, -3, 1.5], [1, 1, 1, 3]],
  ];
  for (const [form, build] of Object.entries(forms))
    it.each(slopes)(`${form}, %s`, async (_, alpha, shape) => {
      const network = await onImage((g, x) => g.node("Abs", [build(g, x, alpha, shape)]));
      expect(quantizers(network)).toEqual(["prelu", "abs"]);
      const { alpha: found, slope } = paramsOf(network, "prelu") as { alpha: { data: Float64Array }; slope?: unknown };
      expect([...found.data]).toEqual(alpha);
      expect(slope).toBeUndefined();
    });

  it("on channels first", async () => {
    const form = forms["relu(x) + α min(x, 0)"]!;
    const network = await onImage((g, x) => form(g, channelsFirst(g, x), [0.5, 2, -1], [3, 1, 1]));
    expect(quantizers(network)).toEqual(["prelu"]);
  });

  it("keeps a slope that rounding has moved off 1", async () => {
    const [a, b] = [(1 + 2 / 41) / 2, (1 - 2 / 41) / 2].map((each) => [Math.fround(each)]);
    const network = await onImage((g, x) => g.node("AddV2", [times(g, a!, [], x), times(g, b!, [], g.node("Abs", [x]))]));
    const { alpha, slope } = paramsOf(network, "prelu") as { alpha: { data: Float64Array }; slope: { data: Float64Array } };
    expect([alpha.data[0], slope.data[0]]).toEqual([a![0]! - b![0]!, a![0]! + b![0]!]);
    expect(slope.data[0]).not.toBe(1);
  });

  it.each([0.2, 1.5, -1])("max(x, %d x) and min", async (alpha) => {
    for (const op of ["Maximum", "Minimum"])
      expect(quantizers(await onImage((g, x) => g.node(op, [x, times(g, [alpha], [], x)])))).toEqual(["prelu"]);
  });

  it("reads the nearest value that both sides come from", async () => {
    const network = await onImage((g, x) => {
      const inner = g.node("Relu", [times(g, [2], [], x)]);
      return g.node("AddV2", [inner, g.node("Abs", [g.node("Minimum", [inner, g.weight([3])])])]);
    });
    expect(quantizers(network)).toEqual(["relu", "clip", "abs"]);
  });

  it("sees that one side is transposed", async () => {
    const g = graph();
    const x = g.input("x", [null, 3, 3, 3]);
    const turned = relu(g, g.node("Transpose", [x, g.wholes([0, 2, 1, 3])]));
    const { network } = await checked(g.artifacts(g.node("AddV2", [turned, g.node("Abs", [x])])));
    expect(quantizers(network)).toEqual(["relu", "abs"]);
  });

  it("leaves sums of other values, and sums without a bend, as they are", async () => {
    const straight = await onImage((g, x) => g.node("Relu", [g.node("AddV2", [x, times(g, [2], [], x)])]));
    expect(quantizers(straight)).toEqual(["relu"]);
    const shifted = await onImage((g, x) => g.node("AddV2", [x, g.node("Relu", [g.node("AddV2", [x, g.weight([3])])])]));
    expect(quantizers(shifted)).toEqual(["relu"]);
    const doubled = await onImage((g, x) => g.node("AddV2", [relu(g, x), relu(g, x)]));
    expect(quantizers(doubled)).toEqual(["prelu"]);
  });
});

describe("swish", () => {
  it.each([false, true])("is x · sigmoid(x), swapped: %s", async (swapped) => {
    const network = await onImage((g, x) => {
      const gate = g.node("Sigmoid", [x]);
      return g.node("Relu", [g.node("Mul", swapped ? [gate, x] : [x, gate])]);
    });
    expect(quantizers(network)).toEqual(["swish", "relu"]);
  });
  it("is not the gate of another value", async () => {
    expect(await refusalOf((g, x) => g.node("Mul", [x, g.node("Sigmoid", [g.node("Relu", [x])])]))).not.toBe("");
  });
});
