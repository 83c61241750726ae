import { describe, expect, it } from "vitest";
import { slices } from "../../src/partition/slice";
import { chainOf, weights } from "../networks";
import { draftOf } from "./draft";
import { oracle } from "./oracle";
import { neededNodes, pairs } from "./unit-cells";

const square = slices.axisAligned(2, 0, 1);
const zaslavsky = (n: number): number => 1 + n + (n * (n - 1)) / 2;

describe("the oracle counts what is known", () => {
  it.each([1, 2, 3, 5, 10, 45])("%i generic lines", (n) => {
    const wide = slices.axisAligned(2, 0, 1, [
      [-1e9, 1e9],
      [-1e9, 1e9],
    ]);
    const { regions, vertices, edges } = oracle(
      chainOf([2], ["dense", { weight: weights(n, n, 2), bias: weights(n + 50, n) }], ["relu"]),
      wide,
    );
    expect(regions).toHaveLength(zaslavsky(n));
    expect(vertices).toBe((n * (n - 1)) / 2 + 2 * n + 4);
    expect(edges).toBe(vertices + regions.length - 1);
  });

  it.each([1, 2, 3, 10, 45])("%i lines through one point", (n) => {
    const { regions, vertices, edges } = oracle(chainOf([2], ["dense", { weight: weights(n, n, 2) }], ["relu"]), square);
    expect([regions.length, vertices, edges]).toEqual([2 * n, n === 1 ? 6 : 2 * n + 5, n === 1 ? 7 : 4 * n + 4]);
  });

  it("the quadrants of the identity", () => {
    const { regions, vertices, edges, distinctMaps, maxLipschitzSlice, maxOutput, boundaryLength } = oracle(chainOf([2], ["relu"]), square);
    expect([regions.length, vertices, edges, distinctMaps]).toEqual([4, 9, 12, 4]);
    expect(regions.map(({ area }) => area)).toEqual([1, 1, 1, 1]);
    expect([maxLipschitzSlice, ...maxOutput]).toEqual([1, 1, 1]);
    // s = t > 0, and the two sides on which an output that varies meets 0.
    expect(boundaryLength).toBeCloseTo(Math.SQRT2 + 2, 14);
  });

  it.each([1, 2, 5, 8])("the tent map, composed %i times", (times) => {
    const layers: [string, unknown][] = [
      [
        "dense",
        {
          weight: [
            [1, 0],
            [1, 0],
          ],
          bias: [0, -0.5],
        },
      ],
    ];
    for (let i = 1; i < times; i++)
      layers.push(
        ["relu", {}],
        [
          "dense",
          {
            weight: [
              [2, -4],
              [2, -4],
            ],
            bias: [0, -0.5],
          },
        ],
      );
    const net = chainOf([2], ...layers, ["relu"], ["dense", { weight: [[2, -4]] }]);
    const { regions, distinctMaps, maxLipschitzSlice } = oracle(
      net,
      slices.axisAligned(2, 0, 1, [
        [0, 1],
        [0, 1],
      ]),
    );
    expect([regions.length, distinctMaps, maxLipschitzSlice]).toEqual([2 ** times, 2 ** times, 2 ** times]);
    expect(regions.every(({ area }) => area === 2 ** -times)).toBe(true);
  });

  it("three values, of which the largest wins", () => {
    const net = chainOf(
      [2],
      [
        "dense",
        {
          weight: [
            [1, 0],
            [0, 1],
            [-1, -1],
          ],
        },
      ],
      ["maxout", { pieces: 3 }],
    );
    const { regions, vertices, edges, maxOutput, boundaryLength } = oracle(net, square);
    expect(regions.map(({ area }) => area)).toEqual([1.25, 1.25, 1.5]);
    expect([vertices, edges, ...maxOutput, boundaryLength]).toEqual([7, 9, 2, 0]);
  });

  it("units that are dead, identical, proportional or along the window's sides add nothing", () => {
    const weight = [
      [1, 0],
      [1, 0],
      [-2, 0],
      [0, 0],
      [0, 0],
      [0, 1],
      [0, 1],
    ];
    const { regions, vertices, edges } = oracle(chainOf([2], ["dense", { weight, bias: [0, 0, 0, 1, -1, 1, -1] }], ["relu"]), square);
    expect([regions.length, vertices, edges]).toEqual([2, 6, 7]);
  });

  it("units with two pieces of one function: no facet where they are chosen by it, one where not", () => {
    expect(oracle(chainOf([2], ["prelu", { alpha: 1 }]), square).regions).toHaveLength(1);
    const { regions, distinctMaps } = oracle(chainOf([2], ["clip", { min: 0.5, max: 0.5 }]), square);
    expect([regions.length, distinctMaps]).toEqual([4, 1]);
  });

  it("the largest of a single output and where it is 0, once, though two regions meet there", () => {
    const { boundaryLength, maxOutput } = oracle(chainOf([2], ["leaky-relu", { alpha: 0.5 }], ["dense", { weight: [[1, 0]] }]), square);
    expect([boundaryLength, ...maxOutput]).toEqual([2, 1]);
  });
});

describe("a ReLU and a max-pool", () => {
  /** Values s, t and 0; windows (s, t) and (t, 0). */
  const image: [string, unknown][] = [
    [
      "dense",
      {
        weight: [
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      },
    ],
    ["reshape", { shape: [1, 3, 1] }],
  ];
  const pool: [string, unknown] = ["max-pool2d", { poolSize: [1, 2], strides: 1 }];

  it("count as one, in either order", () => {
    for (const units of [
      [["relu"], pool],
      [pool, ["relu"]],
    ] as [string, unknown][][]) {
      const { regions, regionsAfterLayer, distinctMaps } = oracle(chainOf([2], ...image, ...units), square);
      expect([regions.length, regionsAfterLayer, distinctMaps]).toEqual([4, [4], 4]);
    }
    expect(oracle(chainOf([2], ...image, pool), square).regionsAfterLayer).toEqual([4]);
  });

  it("count by themselves where the ReLU is read elsewhere too", () => {
    const draft = draftOf([[2]]);
    const [, values] = image.map(([kind, params], i) => draft.add(kind, params, i));
    const relu = draft.add("relu", {}, values!);
    const pooled = draft.add(...pool, relu);
    const net = draft.network(draft.add("concat", { axis: 1 }, pooled, relu));
    expect(pairs(net, neededNodes(net)).size).toBe(0);
    expect(oracle(net, square).regionsAfterLayer).toEqual([4, 5]);
  });
});
