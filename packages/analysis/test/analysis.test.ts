import { encode, forward, random, soften } from "@maso/core";
import { describe, expect, it } from "vitest";
import { decompose, distances, imageTiles, nearest, templates } from "../src";
import { chainOf, convolutional, weights } from "./networks";

const points = (count: number, size: number): Float64Array => {
  const { normal } = random(6);
  return Float64Array.from({ length: count * size }, normal);
};
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe.each([
  ["hard", convolutional],
  ["soft", soften(convolutional, 0.4)],
])("templates of a %s network", (_, net) => {
  const x = points(3, 128);

  it("are matched filters: template · x + bias is the output, for every input and output", () => {
    const values = forward(net, x);
    const all = templates(net, x);
    expect(all.map(({ row, output }) => row * 5 + output)).toEqual(Array.from({ length: 15 }, (_, i) => i));
    for (const { row, output, weights, bias, value } of all) {
      expect(value).toBe(values[row * 5 + output]);
      expect(dot(weights, x.subarray(row * 128, (row + 1) * 128)) + bias!).toBeCloseTo(value, 11);
    }
  });

  it("come for chosen outputs alone, the same", () => {
    const all = templates(net, x);
    for (const { row, output, weights } of templates(net, x, { rows: [4, 1] })) expect(weights).toEqual(all[row * 5 + output]!.weights);
  });

  it("decompose into parts that add up", () => {
    const [template] = templates(net, x.slice(0, 128), { rows: [2] });
    const { parts, rest, bias, value } = decompose(template!, x.slice(0, 128), imageTiles([8, 8, 2], 3, 3).slice(1));
    expect(parts).toHaveLength(8);
    expect(parts.reduce((sum, part) => sum + part.sum, rest + bias)).toBeCloseTo(value, 11);
    expect(rest).not.toBe(0);
  });
});

it("tiles cover an image once", () => {
  const indices = imageTiles([5, 7, 2], 2, 3).flatMap(({ indices }) => [...(indices as number[])]);
  expect(indices.sort((a, b) => a - b)).toEqual(Array.from({ length: 70 }, (_, i) => i));
});

it("rows of the derivative are labelled as such and do not decompose", () => {
  const net = chainOf([3], ["dense", { weight: weights(1, 2, 3) }], ["sigmoid"]);
  const x = points(1, 3);
  const [map] = templates(net, x, { rows: [0] });
  const [slope] = templates(net, x, { rows: [0], of: "derivative" });
  expect([...map!.weights]).toEqual([0, 0, 0]);
  expect(map!.bias).toBe(map!.value);
  const sigmoid = slope!.value;
  slope!.weights.forEach((value, j) => expect(value).toBeCloseTo(sigmoid * (1 - sigmoid) * weights(1, 2, 3).data[j]!, 13));
  expect([map!.of, slope!.of, slope!.bias]).toEqual(["local-map", "derivative", null]);
  expect(() => decompose(slope!, x)).toThrowError(expect.objectContaining({ code: "params" }));
});

it("refuses outputs that are not there and more than fits", () => {
  expect(() => templates(convolutional, points(1, 128), { rows: [5] })).toThrowError(expect.objectContaining({ code: "params" }));
  const wide = chainOf([4096], ["relu"]);
  expect(() => templates(wide, points(2, 4096))).toThrowError(expect.objectContaining({ code: "too-large" }));
});

describe("VQ distances", () => {
  const net = chainOf(
    [2],
    ["dense", { weight: weights(1, 9, 2), bias: weights(2, 9) }],
    ["relu"],
    ["dense", { weight: weights(3, 6, 9) }],
    ["relu"],
    ["dense", { weight: weights(4, 1, 6) }],
  );
  const code = encode(net, points(12, 2));
  const { layers, total } = distances(code);

  it("are a pseudo-metric, per layer and in total", () => {
    for (const { matrix } of [...layers, total])
      for (let i = 0; i < 12; i++)
        for (let j = 0; j < 12; j++) {
          expect(matrix[i * 12 + j]).toBe(matrix[j * 12 + i]);
          if (i === j) expect(matrix[i * 12 + j]).toBe(0);
          for (let k = 0; k < 12; k++) expect(matrix[i * 12 + j]! - matrix[i * 12 + k]! - matrix[k * 12 + j]!).toBeLessThan(1e-15);
        }
  });

  it("count units over all layers in the total", () => {
    expect(layers.map(({ units }) => units)).toEqual([9, 6]);
    total.matrix.forEach((value, at) => expect(value).toBeCloseTo((9 * layers[0]!.matrix[at]! + 6 * layers[1]!.matrix[at]!) / 15, 14));
  });

  it("are what counting by hand gives", () => {
    const identity = chainOf([3], ["relu"]);
    const hand = distances(encode(identity, Float64Array.of(1, 1, 1, 1, -1, 1, -1, -1, -1)));
    expect([...hand.total.matrix]).toEqual([0, 1 / 3, 1, 1 / 3, 0, 2 / 3, 1, 2 / 3, 0]);
    expect(nearest(hand.total.matrix, 3, 2, (i, j) => i === j)).toEqual([
      [
        { index: 1, distance: 1 / 3 },
        { index: 2, distance: 1 },
      ],
      [
        { index: 0, distance: 1 / 3 },
        { index: 2, distance: 2 / 3 },
      ],
      [
        { index: 1, distance: 2 / 3 },
        { index: 0, distance: 1 },
      ],
    ]);
  });
});

it("distances of too many rows are refused before their matrices are allocated", () => {
  const code = { rows: 20_000, layers: [] };
  expect(() => distances(code)).toThrowError(expect.objectContaining({ code: "too-large" }));
});
