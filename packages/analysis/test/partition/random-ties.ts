import { inputSize, type Network, type Random, random } from "@maso/core";
import type { Slice } from "../../src/partition/slice";
import { type Draft, draftOf } from "./draft";
import { convolution, maxPool, type RandomCase } from "./random-networks";
import { randomDense, randomUnits } from "./random-units";
import { randomWeights, type Weights } from "./random-weights";

/** A small network of which many values are equal, on the whole slice or where other units are off; the same for the same seed. */
export function randomTies(seed: number): RandomCase {
  const source = random(seed);
  const weights = randomWeights(source, (["integers", "float32", "float64", "mixed"] as const)[seed % 4]!, seed % 2 === 0, seed % 3 === 0);
  const network = [onBackground, twins, offOnFaces][seed % 3]!(weights);
  return { network, slice: sliceOf(source, weights, network), degenerate: true };
}

/** Windows over convolutions of an image of which few pixels vary. */
function onBackground(weights: Weights): Network {
  const draft = draftOf([[weights.integer(3, 5), weights.integer(3, 5), 1]]);
  const block = (source: number): number => {
    const at = convolution(draft, source, weights);
    return weights.one([
      () => maxPool(draft, draft.add("relu", {}, at), weights),
      () => draft.add("relu", {}, maxPool(draft, at, weights)),
      () => maxPool(draft, at, weights),
      () => maxPool(draft, randomUnits(draft, at, weights), weights),
    ])();
  };
  let at = block(0);
  if (weights.chance(0.5) && draft.shape(at)[0]! > 1 && draft.shape(at)[1]! > 1) at = block(at);
  return draft.network(randomDense(draft, draft.add("flatten", {}, at), weights, weights.integer(1, 2)));
}

/** Layers in which units come twice, and read what comes twice the other way around. */
function twins(weights: Weights): Network {
  const draft = draftOf([[weights.integer(2, 4)]]);
  let at: number = 0;
  for (let layers = weights.integer(1, 3); layers > 0; layers--) at = randomUnits(draft, twinDense(draft, at, weights), weights);
  const size = draft.shape(at)[0]!;
  const compared = weights.one([
    () => draft.add("maxout", { pieces: 2 }, at),
    () => draft.add("group-sort", {}, at),
    () => draft.add("maximum", {}, at, swapped(draft, at, size)),
    () => draft.add("subtract", {}, at, swapped(draft, at, size)),
  ])();
  // With the input, so that not everything cancels.
  const end = draft.add("concat", {}, compared, 0);
  return draft.network(randomDense(draft, end, weights, weights.integer(1, 2)));
}

function twinDense(draft: Draft, source: number, weights: Weights): number {
  const length = draft.shape(source)[0]!;
  const { weight, bias } = weights.rows(weights.integer(1, 3), length);
  const turned = (row: readonly number[]): number[] => row.map((_, i) => row[i ^ 1] ?? row[i]!);
  const again = weight.map((row) => (source > 0 ? turned(row) : row));
  const pairs = weight.flatMap((row, k) => [row, again[k]!]);
  return draft.add("dense", { weight: pairs, bias: bias.flatMap((value) => [value, value]) }, source);
}

/** Each value in the place of its neighbour. */
function swapped(draft: Draft, source: number, size: number): number {
  const weight = Array.from({ length: size }, (_, k) => Array.from({ length: size }, (_, i) => ((k ^ 1) === i ? 1 : 0)));
  return draft.add("dense", { weight }, source);
}

/** Comparisons of sums of few units, most of which are off somewhere. */
function offOnFaces(weights: Weights): Network {
  const draft = draftOf([[weights.integer(2, 3)]]);
  let at = draft.add("relu", {}, randomDense(draft, 0, weights, weights.integer(3, 5)));
  for (let layers = weights.integer(1, 2); layers > 0; layers--) {
    const sums = sparseDense(draft, at, weights, 2 * weights.integer(2, 3));
    at = weights.one([
      () => draft.add("maxout", { pieces: 2 }, sums),
      () => draft.add("relu", {}, draft.add("maxout", { pieces: 2 }, sums)),
      () => draft.add("maxout", { pieces: 2 }, draft.add("relu", {}, sums)),
      () => draft.add("group-sort", {}, sums),
      () => draft.add("relu", {}, sums),
      () => draft.add("abs", {}, sums),
    ])();
  }
  return draft.network(randomDense(draft, at, weights, weights.integer(1, 2)));
}

function sparseDense(draft: Draft, source: number, weights: Weights, units: number): number {
  const length = draft.shape(source)[0]!;
  const weight = Array.from({ length: units }, () => Array.from({ length }, () => (weights.chance(0.4) ? weights.number() : 0)));
  return draft.add("dense", { weight, bias: weight.map(() => weights.one([0, 0, 0, weights.short()])) }, source);
}

/** Of many inputs few vary, and the others are one number. */
function sliceOf(source: Random, weights: Weights, network: Network): Slice {
  const size = inputSize(network);
  const ground = weights.one([0, 0, 1, 0.5, weights.number()]);
  const varies = Array.from({ length: size }, () => size < 5 || weights.chance(0.2));
  varies[source.integer(size)] = true;
  const axis = (): Float64Array => Float64Array.from(varies, (each) => (each ? weights.number() : 0));
  const origin = Float64Array.from(varies, (each) => (each ? weights.number() : ground));
  return { origin, axes: [axis(), axis()], window: Float64Array.of(-1, -1, 1, -1, 1, 1, -1, 1) };
}
