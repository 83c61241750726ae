import { type AffineOperator, roundingBound, type SparseVector, sizeOf, totalSize } from "@maso/core";
import type { Subject } from "./subject";
import { evaluate, sizeAt, type Unit } from "./unit";

/*
 * All tolerances of the kit come from here. A sum of n products, in any order, is off by at most γ_n Σ|terms| with
 * γ_n = n u / (1 − n u), u = 2^-53 (Higham 2002, §3.1); products that underflow add at most MIN_VALUE each.
 * Where two computed numbers are compared, each may be off by that much.
 */

/** Operations behind one output: the terms of a row and its bias; the terms of R pieces and selectors and their mean. */
export function operations({ op, units }: Subject): number {
  if (op.type === "affine") return totalSize(op.inputs) + 2;
  return Math.max(...units.map(({ reads, pieces }) => reads.length + 4 * pieces.length + 4));
}

/** How far two numbers may be apart that are the same up to rounding, given Σ|terms| of either. */
export function allowed(operationCount: number, size: number): number {
  return 2 * roundingBound(operationCount) * size + 2 * operationCount * Number.MIN_VALUE;
}

/** Σ|terms| of each output at x: |A||x| + |b|, or the largest piece of each unit. */
export function outputSizes({ op, units }: Subject, x: Float64Array): Float64Array {
  if (op.type === "quantizer")
    return Float64Array.from(units, (unit) => Math.max(...unit.pieces.map(({ value }) => sizeAt(value, unit, x))));
  return Float64Array.from({ length: sizeOf(op.output) }, (_, k) => absoluteDot(op.row(k), x) + Math.abs(op.bias[k % op.bias.length]!));
}

/** How far apart two computations of f(x) may be, per output. Soft weights move by η times the rounding of their selectors. */
export function valueSlack(subject: Subject, x: Float64Array): Float64Array {
  const count = operations(subject);
  return outputSizes(subject, x).map((size, k) => {
    const unit = subject.units[k];
    return allowed(count, size) + (unit === undefined || unit.eta === Infinity ? 0 : weightSlack(unit, x) * spreadAt(unit, x));
  });
}

/** The relative error of the soft weights at x. */
export function weightSlack(unit: Unit, x: Float64Array): number {
  return Math.expm1(2 * unit.eta * selectorSlack(unit, x)) + 2 * roundingBound(2 * unit.pieces.length + 8);
}

/** How far the difference of two computed selectors may be off. */
export function selectorSlack(unit: Unit, x: Float64Array): number {
  return 2 * allowed(unit.reads.length + 1, Math.max(...unit.pieces.map(({ selector }) => sizeAt(selector, unit, x))));
}

/** The largest difference of two pieces at x. */
export function spreadAt(unit: Unit, x: Float64Array): number {
  const values = unit.pieces.map(({ value }) => evaluate(value, unit, x));
  return Math.max(...values) - Math.min(...values);
}

/** A as numbers, [outputs][inputs], from its rows. */
export function denseRows(op: AffineOperator): readonly Float64Array[] {
  return Array.from({ length: sizeOf(op.output) }, (_, k) => dense(op.row(k), totalSize(op.inputs)));
}

export function dense({ indices, values }: SparseVector, length: number): Float64Array {
  const result = new Float64Array(length);
  indices.forEach((index, i) => {
    result[index] = values[i]!;
  });
  return result;
}

function absoluteDot({ indices, values }: SparseVector, x: Float64Array): number {
  return values.reduce((sum, value, i) => sum + Math.abs(value * x[indices[i]!]!), 0);
}
