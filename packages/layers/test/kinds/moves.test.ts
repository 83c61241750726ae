import { forward, type MasoErrorCode, type Shape, sizeOf } from "@maso/core";
import { describe, expect, it } from "vitest";
import { readNetworkFile } from "../../src";

const networkOf = (input: Shape, kind: string, params: unknown) =>
  readNetworkFile({ format: "maso-network", version: 1, input, layers: [{ kind, params }] }).network!;

/** What a layer makes of 1, 2, 3, ... */
function madeOf(input: Shape, kind: string, params: unknown): number[] {
  return [
    ...forward(
      networkOf(input, kind, params),
      Float64Array.from({ length: sizeOf(input) }, (_, i) => i + 1),
    ),
  ];
}

describe("layers that move values", () => {
  it.each<[string, Shape, unknown, number[]]>([
    ["permute", [2, 3], { axes: [1, 0] }, [1, 4, 2, 5, 3, 6]],
    [
      "crop2d",
      [3, 3, 1],
      {
        cropping: [
          [1, 0],
          [1, 1],
        ],
      },
      [5, 8],
    ],
    ["pad", [3], { paddings: [[2, 2]], mode: "reflect" }, [3, 2, 1, 2, 3, 2, 1]],
    ["pad", [3], { paddings: [[2, 2]], mode: "symmetric" }, [2, 1, 1, 2, 3, 3, 2]],
    ["pad", [3], { paddings: [[1, 2]], value: 9 }, [9, 1, 2, 3, 9, 9]],
    ["slice", [6], { begin: [-2], end: [0], strides: [-2] }, [5, 3]],
    ["slice", [6], { begin: [-2], end: [null], strides: [-2] }, [5, 3, 1]],
    [
      "take",
      [2, 3],
      {
        indices: [
          [2, 0],
          [1, 1],
        ],
        axis: 1,
      },
      [3, 1, 2, 2, 6, 4, 5, 5],
    ],
    ["reverse", [2, 2], { axes: [-1] }, [2, 1, 4, 3]],
    ["tile", [2], { multiples: [2, 2] }, [1, 2, 1, 2, 1, 2, 1, 2]],
    ["broadcast", [2, 1], { shape: [2, 2, 2] }, [1, 1, 2, 2, 1, 1, 2, 2]],
    ["sum", [2, 3], { axes: [0] }, [5, 7, 9]],
    ["mean", [2, 3], { axes: [-1] }, [2, 5]],
    [
      "time-distributed",
      [2, 2],
      {
        layer: {
          kind: "dense",
          params: {
            weight: [
              [1, 1],
              [0, 2],
            ],
            bias: [0, 1],
          },
        },
      },
      [3, 5, 7, 9],
    ],
  ])("%s on %j, %j", (kind, input, params, expected) => expect(madeOf(input, kind, params)).toEqual(expected));
});

describe("parameters that are wrong are named, with their place", () => {
  it.each<[string, unknown, MasoErrorCode, string]>([
    [
      "time-distributed",
      { layer: { kind: "dense", params: { weight: [[1, 2]] } } },
      "shape",
      "layer.params.weight: expected 3 columns, got 2",
    ],
    ["time-distributed", { layer: { kind: "nope" } }, "unknown-kind", "layer.kind: no layer of kind"],
    ["time-distributed", { layer: { params: {} } }, "params", "layer.kind: expected a layer"],
    [
      "pad",
      {
        paddings: [
          [1, -1],
          [0, 0],
        ],
      },
      "params",
      "paddings.0.1: expected a whole number of at least 0",
    ],
    ["pad", { paddings: [[1, 1]] }, "shape", "paddings: expected the 2 axes"],
    [
      "pad",
      {
        paddings: [
          [1, 1],
          [0, 0],
        ],
        mode: "reflect",
        value: 2,
      },
      "params",
      "value: expected none",
    ],
    [
      "pad",
      {
        paddings: [
          [2, 0],
          [0, 0],
        ],
        mode: "reflect",
      },
      "shape",
      "paddings.0: reflect mirrors at most 1 of 2 values",
    ],
    ["slice", { begin: [4] }, "shape", "begin: it takes nothing of axis 0"],
    ["slice", { strides: [0] }, "params", "strides.0: expected a stride other than 0"],
    ["slice", { begin: [0, 0, 0] }, "shape", "begin: expected at most 2 axes, got 3"],
    ["take", { indices: [0, 9] }, "params", "indices: expected whole numbers from 0 to 1, got 9"],
    ["permute", { axes: [0, 0] }, "params", "axes: expected a permutation"],
    ["sum", { axes: [3] }, "params", "axes.0: axis 3 is out of range"],
    ["tile", { multiples: [2] }, "shape", "multiples: expected one for each axis"],
    ["broadcast", { shape: [2, 5] }, "shape", "shape: input [2, 3] does not broadcast"],
    ["reverse", { axes: [2] }, "params", "axes: expected an axis from -2 to 1, got 2"],
    ["stack", { axis: 3 }, "params", "axis: expected an axis from -3 to 2, got 3"],
  ])("%s %j", (kind, params, code, message) =>
    expect(() => networkOf([2, 3], kind, params)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(`layers[0].params.${message}`) }),
    ),
  );
  it("what is too large, before it is made", () =>
    expect(() => networkOf([2, 3], "tile", { multiples: [1e9, 1e9] })).toThrow(expect.objectContaining({ code: "too-large" })));
});
