import { sizeOf } from "@maso/core";
import { operations, outputSizes, spreadAt } from "./rounding";
import type { Subject } from "./subject";
import { sizeAt, type Unit } from "./unit";

/*
 * What float32 allows, as rounding.ts does for float64: u = 2^-24, and one rounding more for each coefficient, which is rounded too. Sums may
 * run in any order, products may be fused with sums, numbers below 2^-126 may become 0 (WGSL, §15.7).
 */
const UNIT_ROUNDOFF = 2 ** -24;
const SMALLEST = 2 ** -126;

/** How far a float32 sum of products may be from the true one, given Σ|terms|. */
export function allowed32(operationCount: number, size: number): number {
  const nu = (operationCount + 2) * UNIT_ROUNDOFF;
  return (nu / (1 - nu)) * size + 2 * (operationCount + 2) * SMALLEST;
}

/** How far the difference of two selectors may be off. */
export function selectorSlack32(unit: Unit, x: Float64Array): number {
  return 2 * allowed32(unit.reads.length + 1, Math.max(...unit.pieces.map(({ selector }) => sizeAt(selector, unit, x))));
}

/**
 * The relative error of soft weights exp(−a)/Σ: their selectors' rounding times η, that of a (which exp(−a)·a ≤ 1/e keeps small), and of
 * exp, off by at most 3 + 2a units in the last place (WGSL, §15.7.4), where exp(−a)(3 + 2a) ≤ 3.
 */
export function weightSlack32(unit: Unit, x: Float64Array): number {
  return unit.eta === Infinity ? 0 : Math.expm1(2 * unit.eta * selectorSlack32(unit, x)) + allowed32(8 * unit.pieces.length + 16, 1);
}

/** How far f(x) may be off, per output; of a hard unit, from the piece that it uses. */
export function valueSlack32(subject: Subject, x: Float64Array): Float64Array {
  const count = operations(subject);
  return outputSizes(subject, x).map((size, k) => {
    const unit = subject.units[k];
    return allowed32(count, size) + (unit === undefined ? 0 : weightSlack32(unit, x) * spreadAt(unit, x));
  });
}

/**
 * How far the entries of the local map or derivative A, [outputs, inputs], may be off at x. An entry of a soft unit is Σ_r t_r a_r, and for the
 * derivative + η Σ_r t_r (z_r − z̄) σ_r, with weights t off by their slack and z by its rounding.
 */
export function entrySlack32(subject: Subject, x: Float64Array, a: Float64Array, derivative: boolean): Float64Array {
  const count = operations(subject);
  const slack = a.map((entry) => allowed32(count, Math.abs(entry)));
  subject.units.forEach((unit, k) => {
    if (unit.eta === Infinity) return;
    const weight = weightSlack32(unit, x) + allowed32(count, 1);
    const spread = spreadAt(unit, x);
    const valueError = 2 * allowed32(count, Math.max(...unit.pieces.map(({ value }) => sizeAt(value, unit, x))));
    unit.reads.forEach((j, i) => {
      if (j < 0) return;
      const steepest = (of: "value" | "selector"): number => Math.max(...unit.pieces.map((piece) => Math.abs(piece[of].slopes[i]!)));
      const moved = derivative ? unit.eta * steepest("selector") * (2 * weight * spread + valueError) : 0;
      slack[k * x.length + j]! += weight * steepest("value") + moved;
    });
  });
  return slack;
}

/** How far the offsets b of the local map may be off. */
export function offsetSlack32(subject: Subject, x: Float64Array): Float64Array {
  const { op, units } = subject;
  const count = operations(subject);
  if (op.type === "affine")
    return Float64Array.from({ length: sizeOf(op.output) }, (_, k) => allowed32(count, Math.abs(op.bias[k % op.bias.length]!)));
  return Float64Array.from(units, (unit) => {
    const largest = Math.max(...unit.pieces.map(({ value }) => Math.abs(value.offset)));
    return allowed32(count, largest) + weightSlack32(unit, x) * largest;
  });
}
