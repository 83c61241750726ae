import { type Network, plainCompute, random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { exactNetwork, exactPoint } from "../../src/exact";
import { FunctionClasses, ZERO } from "../../src/partition/function-classes";
import { finished } from "../../src/partition/pauses";
import type { Slice } from "../../src/partition/slice";
import { stagesOf } from "../../src/partition/stages";
import { valueNumbers } from "../../src/partition/value-numbers";
import { draftOf } from "./draft";
import { randomCase } from "./random-networks";
import { randomTies } from "./random-ties";

const square = Float64Array.of(-1, -1, 1, -1, 1, 1, -1, 1);
const cases = Array.from({ length: 150 }, (_, seed) => ({ seed, ...(seed % 2 ? randomTies(seed) : randomCase(seed)) }));
const nodesOf = ({ nodes }: Network): number[] => nodes.map((_, n) => n);
const quantizersOf = ({ nodes }: Network): number[] => nodes.flatMap(({ op }, n) => (op.type === "quantizer" ? [n] : []));

describe("values of one class", () => {
  it("are equal at every point, and those of constants are the same at all points", () => {
    let merged = 0;
    for (const { seed, network, slice } of cases) {
      const { classes, joined } = finished(valueNumbers(network, nodesOf(network), slice));
      const constants = new Map<number, number>();
      for (const run of runs(network, slice, seed))
        for (const n of quantizersOf(network)) {
          const values = run.inputs(n);
          const byClass = new Map<number, number>();
          joined(network.nodes[n]!.from).forEach((c, i) => {
            if (byClass.has(c)) merged++;
            const known = byClass.get(c) ?? (classes.isConstant(c) ? constants.get(c) : undefined) ?? values[i]!;
            expect(values[i], `seed ${seed}, node ${n}, value ${i}`).toBe(known);
            byClass.set(c, known);
            if (classes.isConstant(c)) constants.set(c, known);
          });
        }
    }
    expect(merged).toBeGreaterThan(1000);
  });

  it("give cuts that have the sign at every point that is fixed for them", () => {
    let fixed = 0;
    for (const { seed, network, slice } of cases) {
      const points = runs(network, slice, seed);
      for (const { node, cuts } of finished(stagesOf(network, plainCompute, slice)).list)
        cuts?.fixed?.forEach((sign, c) => {
          if (sign === 2) return;
          fixed++;
          for (const run of points)
            expect(run.sign(node, cuts.units[c]!, cuts.pieces[c]!, cuts.others[c]!), `seed ${seed}, node ${node}, cut ${c}`).toBe(sign);
        });
    }
    expect(fixed).toBeGreaterThan(100);
  });

  it("are found where an image is one colour, through convolution and pooling", () => {
    const draft = draftOf([[9, 9, 1]]);
    const kernel = { shape: [3, 3, 1, 2], data: Float64Array.from({ length: 18 }, (_, i) => Math.sin(i + 1)) };
    const features = draft.add("relu", {}, draft.add("conv2d", { kernel, bias: [0.1, -0.3] }, 0));
    const pooled = draft.add("max-pool2d", { poolSize: 2, strides: 1 }, features);
    const network = draft.network(pooled);
    const varies = (at: number): Float64Array => Float64Array.from({ length: 81 }, (_, i) => (i === at ? 1 : 0));
    const slice = { origin: new Float64Array(81).fill(0.7), axes: [varies(0), varies(1)] as const, window: square };
    const { sources } = finished(valueNumbers(network, nodesOf(network), slice));
    const channel = sources[pooled]!.filter((_, i) => i % 2 === 0);
    // Windows of 4 × 4 pixels: all but the two columns and the row that see the pixels that vary.
    expect(new Set(channel).size).toBeLessThanOrEqual(3);
    expect(channel.filter((c) => c === channel.at(-1))).toHaveLength(36 - 2);
  });
});

describe("function classes", () => {
  it("know sums whatever the order, and drop what cancels", () => {
    const classes = new FunctionClasses();
    const [x, y] = [classes.opaque(true), classes.opaque(true)];
    const sum = (...terms: readonly (readonly [number, number])[]): number => {
      classes.begin();
      for (const [c, weight] of terms) classes.add(c, weight);
      return classes.affine(0);
    };
    expect(sum([x, 2], [y, 3])).toBe(sum([y, 1], [x, 2], [y, 2]));
    expect(sum([x, 2], [y, 3], [x, -2])).toBe(sum([y, 3]));
    expect(sum([x, 1])).toBe(x);
    expect(sum([x, 1], [x, -1])).toBe(ZERO);
    expect(sum([classes.constant(3), 2])).toBe(classes.constant(6));
    expect(classes.extreme(1, [x, y, x])).toBe(classes.extreme(1, [y, x]));
    expect(classes.extreme(1, [x, x])).toBe(x);
    expect(classes.extreme(-1, [classes.constant(2), x, classes.constant(5)])).toBe(classes.extreme(-1, [x, classes.constant(2)]));
    expect(classes.selected([classes.constant(1), classes.constant(1)], [y, x])).toBe(y);
  });

  it("never round a weight: 1 + 2^-60 − 1 is not 0", () => {
    const classes = new FunctionClasses();
    const x = classes.opaque(true);
    classes.begin();
    for (const weight of [1, 2 ** -60, -1]) classes.add(x, weight);
    expect(classes.affine(0)).not.toBe(ZERO);
    // Nor a product with a constant: 0.1 · 0.1 is not 0.1 rounded times 1.
    classes.begin();
    classes.add(classes.constant(0.1), 0.1);
    expect(classes.affine(0)).not.toBe(classes.constant(0.1 * 0.1));
  });

  it("have their numbers again after temporary ones were forgotten", () => {
    const classes = new FunctionClasses();
    const x = classes.opaque(true);
    const scaled = (weight: number): number => {
      classes.begin();
      classes.add(x, weight);
      return classes.affine(1);
    };
    const kept = Array.from({ length: 100 }, (_, i) => scaled(i + 2));
    classes.keep();
    const size = classes.size;
    for (let i = 0; classes.size < size + 2 ** 18; i++) scaled(1 / (i + 2));
    classes.makePlace();
    expect(classes.size).toBe(size);
    expect(kept).toEqual(Array.from({ length: 100 }, (_, i) => scaled(i + 2)));
    expect(scaled(1 / 3)).toBe(size);
  });
});

function runs(network: Network, slice: Slice, seed: number) {
  const source = random(seed);
  const exact = exactNetwork(network, slice);
  const { window } = slice;
  const corners = window.length / 2;
  return Array.from({ length: 3 }, (_, i) => {
    if (i === 0) return exact.at(exactPoint(window[0]!, window[1]!));
    const [a, b, part] = [source.integer(corners), source.integer(corners), source.uniform()];
    const between = (axis: 0 | 1): number => window[2 * a + axis]! + part * (window[2 * b + axis]! - window[2 * a + axis]!);
    return exact.at(exactPoint(between(0), between(1)));
  });
}

it("a sum of functions that are apart is the class that begin, add and affine give", () => {
  const classes = new FunctionClasses();
  const { uniform } = random(5);
  const functions = Int32Array.from({ length: 40 }, () => classes.opaque(true));
  const constant = classes.constant(3);
  expect(classes.areApart(functions)).toBe(true);
  expect(classes.areApart(Int32Array.of(ZERO, ...functions))).toBe(false);
  expect(classes.areApart(Int32Array.of(...functions, constant))).toBe(false);
  expect(classes.areApart(functions.slice().reverse())).toBe(false);
  expect(classes.areApart(Int32Array.of(...functions, functions[39]!))).toBe(false);
  const found = new Set<number>();
  for (let row = 0; row < 200; row++) {
    const share = uniform();
    const indices = Int32Array.from(functions.keys()).filter(() => uniform() < share);
    const values = Float64Array.from(indices, () => [0, 1, -1, uniform()][Math.floor(4 * uniform())]!);
    const offset = row % 2 === 0 ? 0 : uniform();
    const summed = (): number => {
      classes.begin();
      indices.forEach((i, e) => classes.add(functions[i]!, values[e]!));
      return classes.affine(offset);
    };
    const before = row % 3 === 0 ? summed() : -1;
    const own = classes.sumOf(functions, indices, values, offset);
    expect(own).toBe(summed());
    if (before >= 0) expect(own).toBe(before);
    found.add(own);
  }
  expect(found.size).toBeGreaterThan(150);
});
