import {
  affineTable,
  forward,
  inputSize,
  type Network,
  network as networkOf,
  type Quantizer,
  quantizer,
  random,
  unitsOf,
} from "@maso/core";
import { describe, expect, it } from "vitest";
import { type SlicePartition, slicePartition, slices } from "../../src";
import { fusePairs } from "../../src/partition/fuse-pairs";
import { splitPools } from "../../src/partition/split-pools";
import { chainOf, weights } from "../networks";
import { brokenLaws } from "./partition-laws";
import { randomCase } from "./random-networks";
import { randomTies } from "./random-ties";

const pool = ["max-pool2d", { poolSize: 2 }] as const;

describe("a pool in groups of units", () => {
  const cases = Array.from({ length: 150 }, (_, seed) => [randomCase(seed), randomTies(seed)]).flat();
  const split = cases.map(({ network, slice }) => ({ network, slice, groups: splitPools(fusePairs(network), 2, 1) }));
  const inGroups = split.filter(({ groups }) => groups.groups.size > 0);

  it("is part of many of the random networks", () => {
    expect(inGroups.length).toBeGreaterThan(50);
  });

  it("gives the same values to the bit", () => {
    for (const { network, groups } of inGroups) {
      const x = Float64Array.from({ length: 5 * inputSize(network) }, random(1).normal);
      expect(forward(groups.network, x)).toEqual(forward(network, x));
    }
  });

  it("has each unit once", () => {
    for (const { network, groups } of inGroups) {
      const sizes = [...groups.groups].map(([node, { first, isLast }]) => {
        const { op } = groups.network.nodes[node]!;
        const { count } = unitsOf(op as Quantizer);
        return { first, count, isLast };
      });
      let next = 0;
      for (const { first, count, isLast } of sizes) {
        expect(first).toBe(next);
        next = isLast ? 0 : first + count;
      }
      expect(next).toBe(0);
      expect(groups.network.nodes.filter(({ op }) => op.type === "quantizer").length).toBe(
        fusePairs(network).nodes.filter(({ op }) => op.type === "quantizer").length + sizes.filter(({ isLast }) => !isLast).length,
      );
    }
  });

  it("cuts the same regions, a unit at a time", async () => {
    for (const { network, slice, groups } of inGroups) {
      const { summary: whole } = await slicePartition(network, slice);
      const parted = await slicePartition(groups.network, slice);
      expect(brokenLaws(parted)).toEqual([]);
      const { regionsAfterLayer, ...rest } = numbersOf(parted);
      const isInside = parted.layers.map(({ id }) => groups.network.nodes.findIndex((node) => node.id === id));
      expect({
        ...rest,
        regionsAfterLayer: regionsAfterLayer.filter((_, l) => groups.groups.get(isInside[l]!)?.isLast ?? true),
      }).toEqual(numbersOf({ summary: whole }));
    }
  });
});

/** A unit that never bends stands before everything, so that the pool is cut as a whole. */
describe("a pool that reads the input is cut as one behind other units is", () => {
  const kernel = (seed: number, from: number, to: number) => ({
    kernel: weights(seed, 3, 3, from, to),
    bias: weights(seed + 1, to),
    padding: "same",
  });
  /** Two channels that are the same, so that lines of one group lie along those of another. */
  const twice = (() => {
    const { kernel: one, bias } = kernel(21, 1, 3);
    const data = Float64Array.from({ length: 9 * 6 }, (_, i) => one.data[3 * Math.floor(i / 6) + ((i % 6) % 3)]!);
    return { kernel: { shape: [3, 3, 1, 6], data }, bias: Float64Array.from({ length: 6 }, (_, i) => bias.data[i % 3]!), padding: "same" };
  })();
  const dense = (seed: number, from: number) => ["dense", { weight: weights(seed, 3, from), bias: weights(seed + 1, 3) }] as const;

  it.each([
    [
      "with ReLU",
      [8, 8, 1],
      [["conv2d", kernel(1, 1, 6)], ["relu"], pool, ["conv2d", kernel(3, 6, 2)], ["relu"], pool, ["flatten"], dense(5, 8)],
    ],
    ["alone", [8, 8, 1], [["conv2d", kernel(7, 1, 6)], pool, ["flatten"], dense(9, 96)]],
    ["of channels that are the same", [8, 8, 1], [["conv2d", twice], ["relu"], pool, ["flatten"], dense(11, 96)]],
    [
      "over windows that overlap",
      [9, 9, 1],
      [["conv2d", kernel(13, 1, 5)], ["max-pool2d", { poolSize: 3, strides: 2 }], ["flatten"], dense(15, 80)],
    ],
  ] as const)("%s", async (name, shape, layers) => {
    const network = chainOf([...shape], ...(layers as never as Parameters<typeof chainOf>[1][]));
    const before = chainOf([...shape], ["prelu", { alpha: 1 }], ...(layers as never as Parameters<typeof chainOf>[1][]));
    expect(splitPools(fusePairs(network)).groups.size).toBeGreaterThan(1);
    const slice = slices.through(image(1, network), image(2, network), image(3, network));
    const got = await slicePartition(network, slice);
    const want = await slicePartition(before, slice);
    expect(brokenLaws(got)).toEqual([]);
    const { regionsAfterLayer, ...rest } = numbersOf(want);
    expect(regionsAfterLayer[0]).toBe(1);
    expect(numbersOf(got)).toEqual({ ...rest, regionsAfterLayer: regionsAfterLayer.slice(1) });
    expect(got.layers.map(({ units }) => units)).toEqual(want.layers.slice(1).map(({ units }) => units));
    // Where windows overlap, several units have a cut, and the one that is told may be another.
    const areUnitsTold = !name.includes("overlap");
    expect(edgesOf(got, 0, areUnitsTold)).toEqual(edgesOf(want, 1, areUnitsTold));
  });
});

it("units that read nothing are a group as any other", () => {
  const table = Int32Array.from({ length: 100 * 3 }, (_, i) => (i < 32 * 3 ? -1 : i % 7));
  const slopes = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0];
  const pieces = affineTable(3, { slopes, offsets: [0, 0, 0, -3] });
  const op = quantizer({ inputs: [[7]], output: [100], reads: { type: "indices", arity: 3, table }, pieces });
  const whole = networkOf({ inputs: [[7]], nodes: [{ id: "pool", op: { ...op, kind: "test", params: null }, from: [0] }], output: 1 });
  const { network, groups } = splitPools(whole);
  expect(groups.size).toBe(2);
  const x = Float64Array.from({ length: 3 * 7 }, random(2).normal);
  expect(forward(network, x)).toEqual(forward(whole, x));
});

const image = (seed: number, network: Network): Float64Array => Float64Array.from({ length: inputSize(network) }, random(seed).normal);

function numbersOf({ summary }: Pick<SlicePartition, "summary">) {
  const { regions, vertices, edges, regionsAfterLayer, distinctMaps } = summary;
  return { regions, vertices, edges, regionsAfterLayer, distinctMaps };
}

/** What made each edge, and where it is. */
function edgesOf({ edges, edgeLayers, edgeUnits, vertices }: SlicePartition, firstLayer: number, areUnitsTold: boolean): string[] {
  const pointOf = (v: number): string =>
    [vertices[2 * v]!, vertices[2 * v + 1]!].map((value) => value.toFixed(7).replace(/^-(0\.0*)$/, "$1")).join();
  return Array.from(edgeLayers, (layer, e) => {
    const ends = [pointOf(edges[2 * e]!), pointOf(edges[2 * e + 1]!)].sort();
    return `${layer < 0 ? layer : layer - firstLayer}:${areUnitsTold ? edgeUnits[e] : ""} ${ends.join(" ")}`;
  }).sort();
}
