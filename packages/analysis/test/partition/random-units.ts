import { type Shape, sizeOf } from "@maso/core";
import type { Draft } from "./draft";
import type { Weights } from "./random-weights";

/** A layer of units on values of any shape, drawn from all kinds that keep the shape. */
export function randomUnits(draft: Draft, source: number, weights: Weights): number {
  const shape = draft.shape(source);
  const [kind, params] = weights.one<() => readonly [string, unknown]>([
    () => ["relu", {}],
    () => ["relu", {}],
    () => ["relu", { maxValue: Math.abs(weights.short()) + 0.25, negativeSlope: weights.one([0, 0.25]) }],
    () => ["leaky-relu", { alpha: weights.one([0.25, Math.fround(0.1), -0.5, 0, 1, 2]) }],
    () => ["prelu", { alpha: slopes(shape, weights) }],
    () => ["prelu", { alpha: slopes(shape, weights), slope: slopes(shape, weights) }],
    () => ["abs", {}],
    () => ["clip", clip(weights)],
    () => ["clip", { min: 0, max: 6, slope: weights.one([1, 4, 0]) }],
    () => ["clip", weights.one([{ min: weights.short() }, { max: weights.short() }])],
  ])();
  return draft.add(kind, params, source);
}

/** A layer of units that compare several values: half as many units or so, on vectors. */
export function randomComparison(draft: Draft, source: number, weights: Weights, units: number): number {
  const linear = (size: number): number => randomDense(draft, source, weights, size);
  const branches = (): number[] => Array.from({ length: weights.integer(2, 3) }, () => linear(units));
  return weights.one([
    () => draft.add("maxout", { pieces: 2 }, linear(2 * units)),
    () => draft.add("maxout", { pieces: 3 }, linear(3 * units)),
    () => draft.add("maximum", {}, ...branches()),
    () => draft.add("minimum", {}, ...branches()),
    () => draft.add("group-sort", {}, linear(2 * Math.ceil(units / 2))),
    () => draft.add("max", { axes: [-1] }, draft.add("reshape", { shape: [units, 2] }, linear(2 * units))),
    // Pairs that count as one.
    () => draft.add("maxout", { pieces: 2 }, draft.add("relu", {}, linear(2 * units))),
    () => draft.add("relu", {}, draft.add("maxout", { pieces: 2 }, linear(2 * units))),
    () => draft.add("relu", {}, draft.add("maximum", {}, ...branches())),
  ])();
}

export function randomDense(draft: Draft, source: number, weights: Weights, units: number): number {
  return draft.add("dense", weights.rows(units, sizeOf(draft.shape(source))), source);
}

/** Of any sign and size, 1 among them: of slope 1 on both sides a unit has no facet. */
function slopes(shape: Shape, weights: Weights): number | number[] {
  const slope = (): number => weights.one([-1, -0.5, 0, 0.25, 1, 1, 2, Math.abs(weights.number()), -Math.abs(weights.number())]);
  return weights.chance(0.3) ? slope() : Array.from({ length: shape.at(-1)! }, slope);
}

/** min = max among them: two pieces with equal maps. */
function clip(weights: Weights): unknown {
  const min = weights.integer(-8, 2) / 4;
  const max = weights.degenerate && weights.chance(0.5) ? min : min + weights.integer(2, 12) / 4;
  return { min, max, slope: weights.one([1, -2, 0.5]), offset: weights.integer(-4, 4) / 4 };
}
