import { type Network, random, type Shape } from "@maso/core";
import type { Slice } from "../../src/partition/slice";
import { type Draft, draftOf } from "./draft";
import { randomSlice } from "./random-slices";
import { randomComparison, randomDense, randomUnits } from "./random-units";
import { randomWeights, type Style, type Weights } from "./random-weights";

export interface RandomCase {
  readonly network: Network;
  readonly slice: Slice;
  /** Some units coincide, vanish, are constant on the slice, or their lines meet in one point or run along the window's sides. */
  readonly degenerate: boolean;
}

/** A small continuous network of all kinds of unit and topology with a slice, the same for the same seed; every third is degenerate. */
export function randomCase(seed: number): RandomCase {
  const source = random(seed);
  const degenerate = seed % 3 === 0;
  const styles: readonly Style[] = degenerate ? ["integers", "integers", "mixed"] : ["integers", "float32", "float64", "mixed"];
  const weights = randomWeights(source, styles[source.integer(styles.length)]!, degenerate, source.uniform() < (degenerate ? 0.3 : 0.1));
  const network = weights.chance(0.3) ? imageNetwork(weights) : vectorNetwork(weights);
  return { network, slice: randomSlice(source, weights, network), degenerate };
}

function vectorNetwork(weights: Weights): Network {
  const inputs: readonly Shape[] = weights.chance(0.1) ? [[1], [2]] : [[weights.integer(2, 4)]];
  const draft = draftOf(inputs);
  let at = inputs.length > 1 ? draft.add("concat", {}, 0, 1) : 0;
  // Many lines, through one point where there is no bias.
  if (weights.chance(0.1)) at = draft.add("relu", {}, randomDense(draft, at, weights, weights.integer(8, 14)));
  for (let layers = weights.integer(1, 4); layers > 0; layers--) at = randomLayer(draft, at, weights);
  return draft.network(randomEnd(draft, at, weights));
}

function randomLayer(draft: Draft, from: number, weights: Weights): number {
  const units = weights.integer(2, 8);
  const simple = (source: number): number => randomUnits(draft, randomDense(draft, source, weights, units), weights);
  return weights.one([
    () => simple(from),
    () => simple(from),
    () => simple(from),
    () => randomComparison(draft, from, weights, weights.integer(2, 4)),
    () => randomComparison(draft, from, weights, weights.integer(2, 5)),
    () => draft.add("concat", {}, from, simple(from)),
    () => draft.add("add", {}, from, randomDense(draft, simple(from), weights, draft.shape(from)[0]!)),
    () => draft.add("add", {}, simple(from), simple(from)),
    () => draft.add("subtract", {}, simple(from), simple(from)),
    () => randomUnits(draft, batchNorm(draft, randomDense(draft, from, weights, units), weights), weights),
    // The inputs' own coordinates as lines.
    () => randomUnits(draft, from, weights),
  ])();
}

function imageNetwork(weights: Weights): Network {
  const [height, width, channels] = [weights.integer(2, 4), weights.integer(3, 4), weights.integer(1, 2)];
  const draft = draftOf([[height, width, channels]]);
  let at = convolution(draft, 0, weights);
  const pool = (source: number): number => maxPool(draft, source, weights);
  at = weights.one([
    () => pool(draft.add("relu", {}, at)),
    () => draft.add("relu", {}, pool(at)),
    () => pool(at),
    () => pool(randomUnits(draft, at, weights)),
    () => draft.add("avg-pool2d", { poolSize: 2, strides: 1, padding: "same" }, draft.add("relu", {}, at)),
    () => {
      const active = randomUnits(draft, at, weights);
      return draft.add(weights.one(["add", "concat", "maximum"]), {}, active, at);
    },
    () => randomUnits(draft, batchNorm(draft, at, weights), weights),
  ])();
  if (weights.chance(0.3)) at = draft.add("relu", {}, convolution(draft, at, weights));
  if (weights.chance(0.3)) at = weights.one([pool, (source: number) => draft.add("global-avg-pool2d", {}, source)])(at);
  at = draft.add("flatten", {}, at);
  if (weights.chance(0.3)) at = randomLayer(draft, at, weights);
  return draft.network(randomEnd(draft, at, weights));
}

export function convolution(draft: Draft, source: number, weights: Weights): number {
  const [height, width, channels] = draft.shape(source) as [number, number, number];
  const size = weights.integer(1, Math.min(3, height, width));
  const filters = weights.integer(1, 3);
  const { weight, bias } = weights.rows(filters, size * size * channels);
  const kernel = { shape: [size, size, channels, filters], data: Float64Array.from({ length: weight.flat().length }, at) };
  const padding = weights.one([
    "same",
    "valid",
    "valid",
    [
      [1, 0],
      [0, 1],
    ],
  ]);
  return draft.add("conv2d", { kernel, bias, padding, strides: weights.one([1, 1, 1, 2]) }, source);

  function at(_: unknown, i: number): number {
    return weight[i % filters]![Math.floor(i / filters)]!;
  }
}

/** Windows that overlap or not, with positions outside the image. */
export function maxPool(draft: Draft, source: number, weights: Weights): number {
  const [height, width] = draft.shape(source) as [number, number];
  const params = weights.one([
    { poolSize: [Math.min(2, height), Math.min(2, width)], strides: 1 },
    { poolSize: 2, strides: 1, padding: "same" },
    { poolSize: 2, padding: "same" },
    {
      poolSize: 2,
      strides: 2,
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
    { poolSize: [height, width] },
  ]);
  return draft.add("max-pool2d", params, source);
}

function batchNorm(draft: Draft, source: number, weights: Weights): number {
  const channels = draft.shape(source).at(-1)!;
  const values = (draw: () => number): number[] => Array.from({ length: channels }, draw);
  return draft.add(
    "batch-norm",
    {
      gamma: values(weights.number),
      beta: values(weights.number),
      mean: values(weights.number),
      variance: values(() => Math.abs(weights.number()) + 0.5),
    },
    source,
  );
}

/** One output or several; now and then a layer of units is the last one. */
function randomEnd(draft: Draft, source: number, weights: Weights): number {
  return weights.chance(0.15) ? source : randomDense(draft, source, weights, weights.one([1, 1, 2, 3]));
}
