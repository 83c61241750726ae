import { encode, forward, gain, isContinuous, isMaso, MasoError, network, type Operator, type Quantizer, random, sizeOf } from "@maso/core";
import { assert, constantFrom, double, oneof, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { builtins, readNetworkFile } from "../../src";

const of = (op: Operator, ...x: number[]): Float64Array =>
  forward(network({ inputs: op.inputs, nodes: [{ id: "it", op, from: [0] }], output: 1 }), Float64Array.from(x));
const codes = (op: Operator, ...x: number[]): number[] => [
  ...encode(network({ inputs: op.inputs, nodes: [{ id: "it", op, from: [0] }], output: 1 }), Float64Array.from(x)).layers[0]!.choice,
];
const next = (x: number): number => x + 2 ** (Math.floor(Math.log2(Math.abs(x) || 2 ** -60)) - 52);
const previous = (x: number): number => -next(-x);

function errorOf(kind: string, params: object, input: number[] = [6]): MasoError {
  try {
    readNetworkFile({ format: "maso-network", version: 1, input, layers: [{ kind, params }] });
  } catch (error) {
    if (error instanceof MasoError) return error;
  }
  throw new Error(`${kind} ${JSON.stringify(params)} built`);
}

/** As Keras documents it. */
function kerasRelu(x: number, max: number, slope: number, threshold: number): number {
  if (x >= max) return max;
  return x >= threshold ? x : slope * (x - threshold);
}

describe("relu with Keras' parameters", () => {
  const number = oneof(constantFrom(0, 0.1, 0.3, 1, -1, 2, 6), double({ min: -8, max: 8, noNaN: true }));

  it("computes Keras' formula, at its boundaries and next to them", () => {
    assert(
      property(record({ max: number, slope: number, threshold: number, x: number, bounded: constantFrom(true, false) }), (given) => {
        const { slope: negativeSlope, threshold, x, bounded } = given;
        const max = bounded ? given.max : Infinity;
        const op = builtins.build("relu", { negativeSlope, threshold, ...(bounded ? { maxValue: max } : {}) }, [1]);
        const points = [x, threshold, next(threshold), previous(threshold), ...(bounded ? [max, next(max), previous(max)] : [])];
        for (const point of points) {
          const expected = kerasRelu(point, max, negativeSlope, threshold);
          const linear = point < threshold && point < max;
          const slack = linear ? 2 ** -51 * Math.abs(negativeSlope) * (Math.abs(point) + Math.abs(threshold)) + 4 * Number.MIN_VALUE : 0;
          expect(Math.abs(of(op, point)[0]! - expected)).toBeLessThanOrEqual(slack);
        }
      }),
      { numRuns: 2000, seed: 3 },
    );
  });

  it("takes the snake_case names as well", () => {
    const snake = builtins.build("relu", { max_value: 3, negative_slope: 0.5, threshold: 1 }, [4]);
    expect(snake.params).toEqual({ maxValue: 3, negativeSlope: 0.5, threshold: 1 });
    expect([...of(snake, -1, 1, 2, 5)]).toEqual([-1, 1, 2, 3]);
  });

  it("without any is max(0, x)", () => {
    const op = builtins.build("relu", {}, [3]) as Quantizer;
    expect(op).toMatchObject({
      params: {},
      selectors: "pieces",
      pieces: { slopes: Float64Array.of(0, 1), offsets: Float64Array.of(0, 0) },
    });
    expect(codes(op, -1, 0, 1)).toEqual([0, 0, 1]);
    expect(isMaso(op, 0)).toBe(true);
  });

  it.each([
    [{}, true],
    [{ maxValue: 6 }, true],
    [{ maxValue: 6, negativeSlope: -2 }, true],
    [{ negativeSlope: 3 }, true],
    [{ threshold: 1 }, false],
    [{ threshold: -0.1, negativeSlope: 0.5 }, false],
    [{ threshold: 1, maxValue: 6, negativeSlope: 1 }, false],
    [{ maxValue: -1 }, false],
  ])("%j is continuous: %j", (params, continuous) => {
    const op = builtins.build("relu", params, [2]);
    expect(isContinuous(op)).toBe(continuous);
    for (const norm of [1, 2, "inf"] as const) expect(gain(op, norm).value < Infinity).toBe(continuous);
  });

  it.each([
    [{ max_value: 1, maxValue: 1 }, "params", "layers[0].params.max_value"],
    [{ negative_slope: 1, negativeSlope: 2 }, "params", "layers[0].params.negative_slope"],
    [{ threshold: "high" }, "params", "layers[0].params.threshold"],
    [{ max_value: null }, "params", "layers[0].params.max_value"],
    [{ negative_slope: Infinity }, "non-finite", "layers[0].params.negative_slope"],
    [{ alpha: 0.1 }, "params", "layers[0].params.alpha"],
  ])("%j is an error", (params, code, place) => {
    const error = errorOf("relu", params);
    expect(error.code).toBe(code);
    expect(error.message).toContain(place);
  });
});

describe("thresholded-relu", () => {
  it("is x above theta and 0 up to it", () => {
    const op = builtins.build("thresholded-relu", { theta: 0.3 }, [4]);
    expect([...of(op, 0.3, next(0.3), previous(0.3), -1)]).toEqual([0, next(0.3), 0, 0]);
    expect(isContinuous(op)).toBe(false);
    expect(gain(op).value).toBe(Infinity);
  });
  it("has Keras' theta of 1", () => expect([...of(builtins.build("thresholded-relu", {}, [3]), 1, 1.5, 0.5)]).toEqual([0, 1.5, 0]));
  it("needs a number", () => expect(errorOf("thresholded-relu", { theta: [1] }).message).toContain("layers[0].params.theta"));
});

describe("clip", () => {
  it("has one bound, or bounds of channels", () => {
    expect([...of(builtins.build("clip", { min: -1 }, [3]), -2, -1, 3)]).toEqual([-1, -1, 3]);
    expect([...of(builtins.build("clip", { max: 1 }, [3]), -2, 1, 3)]).toEqual([-2, 1, 1]);
    expect([...of(builtins.build("clip", { min: [0, 1], max: 2 }, [2, 2]), -1, -1, 3, 1.5)]).toEqual([0, 1, 2, 1.5]);
  });
  it("is convex with a lower bound only, concave with an upper one", () => {
    expect(builtins.build("clip", { min: 1 }, [2])).toMatchObject({ selectors: "pieces" });
    expect(builtins.build("clip", { max: 1 }, [2])).toMatchObject({ selectors: "-pieces" });
  });
  it.each([
    [{}, "params", "layers[0]: clip: expected min or max"],
    [{ min: 2, max: 1 }, "params", "layers[0].params.min: min needs to be at most max, got 2 and 1"],
    [{ min: [0, 0, 0, 2, 0, 0], max: 1 }, "params", "layers[0].params.min"],
    [{ min: [1, 2] }, "shape", "layers[0].params.min: expected 1, 6 or 6 values, got 2"],
    [{ max: "6" }, "params", "layers[0].params.max"],
  ])("%j is an error", (params, code, says) => {
    const error = errorOf("clip", params);
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
  });
});

describe("prelu with a slope on each side", () => {
  it("is the larger piece where alpha is at most slope, else the smaller", () => {
    const op = builtins.build("prelu", { alpha: [-3, 2, 0.5], slope: [-1, 0.5, 2] }, [3]);
    expect([...of(op, -1, -1, -1), ...of(op, 1, 1, 1)]).toEqual([3, -2, -0.5, -1, 0.5, 2]);
    expect([...codes(op, -1, -1, -1), ...codes(op, 1, 1, 1)]).toEqual([0, 0, 0, 1, 1, 1]);
    expect([0, 1, 2].map((k) => isMaso(op as Quantizer, k))).toEqual([true, false, true]);
    expect(isContinuous(op)).toBe(true);
  });
  it("names the one that does not fit", () =>
    expect(errorOf("prelu", { alpha: 1, slope: [1, 2] }).message).toContain("layers[0].params.slope"));
});

describe("group-sort", () => {
  const op = builtins.build("group-sort", {}, [2, 4]);
  it("sorts pairs, with codes that are a permutation even at ties", () => {
    expect([...of(op, 2, 1, 1, 2, 3, 3, -1, -2)]).toEqual([1, 2, 1, 2, 3, 3, -2, -1]);
    expect(codes(op, 2, 1, 1, 2, 3, 3, -1, -2)).toEqual([1, 1, 0, 0, 0, 0, 1, 1]);
  });
  it("has gain 1, exactly in norm 2", () => {
    expect(gain(op, 2).value).toBe(1);
    for (const norm of [1, "inf"] as const) expect(gain(op, norm).value).toBeCloseTo(1, 12);
    expect(isContinuous(op)).toBe(true);
  });
  it("takes pairs only", () => {
    expect(errorOf("group-sort", { size: 3 })).toMatchObject({
      code: "params",
      message: expect.stringContaining("layers[0].params.size: expected 2"),
    });
    expect(errorOf("group-sort", {}, [5])).toMatchObject({ code: "shape", message: expect.stringContaining("[5]") });
  });
});

describe("max and min over axes", () => {
  const shape = [2, 3, 4];
  const { normal } = random(7);
  const x = Array.from({ length: sizeOf(shape) }, () => Math.round(normal() * 4));

  it.each([[[0]], [[1]], [[-1]], [[0, 1]], [[2, 0]], [[0, 1, 2]], [undefined]])("over %j is what a loop finds", (axes) => {
    const reduced = (axes ?? [0, 1, 2]).map((axis) => (axis + 3) % 3);
    const groups = new Map<string, number[]>();
    x.forEach((value, j) => {
      const place = [Math.floor(j / 12), Math.floor(j / 4) % 3, j % 4].filter((_, axis) => !reduced.includes(axis)).join();
      groups.set(place, [...(groups.get(place) ?? []), value]);
    });
    for (const [kind, extreme] of [
      ["max", Math.max],
      ["min", Math.min],
    ] as const) {
      const expected = [...groups.values()].map((values) => extreme(...values));
      for (const keepDims of [false, true]) {
        const op = builtins.build(kind, { axes, keepDims }, shape);
        expect([...of(op, ...x)]).toEqual(expected);
        expect(op.output).toEqual(shape.flatMap((extent, axis) => (reduced.includes(axis) ? (keepDims ? [1] : []) : [extent])));
      }
    }
  });

  it.each([
    [{ axes: [3] }, "layers[0].params.axes.0"],
    [{ axes: [0, -3] }, "layers[0].params.axes"],
    [{ axes: 1 }, "layers[0].params.axes"],
    [{ axes: [0.5] }, "layers[0].params.axes.0"],
    [{ keepDims: 1 }, "layers[0].params.keepDims"],
  ])("%j is an error", (params, place) => {
    const error = errorOf("max", params, shape);
    expect(error.code).toBe("params");
    expect(error.message).toContain(place);
  });
});
