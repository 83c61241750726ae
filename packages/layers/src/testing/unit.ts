import type { AffineTable, Quantizer } from "@maso/core";

/** v ↦ slopes·v + offset on the values that a unit reads. */
export interface AffineFunction {
  readonly slopes: readonly number[];
  readonly offset: number;
}

export interface Piece {
  readonly index: number;
  readonly value: AffineFunction;
  readonly selector: AffineFunction;
}

/** One unit of a quantizer, written out from the definition: the oracle of what core derives in bulk. */
export interface Unit {
  /** Indices into all inputs laid end to end, -1 where nothing is there. */
  readonly reads: readonly number[];
  /** Those that exist. */
  readonly pieces: readonly Piece[];
  /** β/(1−β): infinite for a hard unit. */
  readonly eta: number;
}

export function unitsByDefinition(quantizer: Quantizer): readonly Unit[] {
  const count = quantizer.output.reduce((a, b) => a * b, 1);
  return Array.from({ length: count }, (_, k) => {
    const reads = readsOf(quantizer, k, count);
    const beta = typeof quantizer.beta === "number" ? quantizer.beta : quantizer.beta[k % quantizer.beta.length]!;
    return { reads, pieces: piecesOf(quantizer, k, reads), eta: beta / (1 - beta) };
  });
}

/** The function at joined inputs x. */
export function evaluate({ slopes, offset }: AffineFunction, { reads }: Unit, x: Float64Array): number {
  return slopes.reduce((sum, slope, i) => sum + (slope === 0 ? 0 : slope * x[reads[i]!]!), offset);
}

/** Σ|terms| of the function at x: what its rounding is measured against. */
export function sizeAt({ slopes, offset }: AffineFunction, { reads }: Unit, x: Float64Array): number {
  return slopes.reduce((sum, slope, i) => sum + (slope === 0 ? 0 : Math.abs(slope * x[reads[i]!]!)), Math.abs(offset));
}

/** The function without its offset along v. */
export function rateAlong({ slopes }: AffineFunction, unit: Unit, v: Float64Array): number {
  return evaluate({ slopes, offset: 0 }, unit, v);
}

function readsOf({ reads, inputs, output }: Quantizer, k: number, count: number): readonly number[] {
  if (reads.type === "elementwise") return inputs.map((_, i) => i * count + k);
  if (reads.type === "indices") return [...reads.table.slice(k * reads.arity, (k + 1) * reads.arity)];
  const place = coordinates(k, output);
  const channel = place.pop()!;
  return Array.from({ length: reads.size.reduce((a, b) => a * b, 1) }, (_, i) => {
    const offset = coordinates(i, reads.size);
    const at = place.map((p, axis) => p * reads.strides[axis]! - reads.padding[axis]![0] + offset[axis]! * reads.dilations[axis]!);
    const inside = at.every((position, axis) => position >= 0 && position < inputs[0]![axis]!);
    return inside ? [...at, channel].reduce((index, position, axis) => index * inputs[0]![axis]! + position, 0) : -1;
  });
}

function coordinates(index: number, extents: readonly number[]): number[] {
  return extents.map((extent, axis) => Math.floor(index / extents.slice(axis + 1).reduce((a, b) => a * b, 1)) % extent);
}

function piecesOf({ pieces, selectors }: Quantizer, k: number, reads: readonly number[]): readonly Piece[] {
  const value = (r: number): AffineFunction =>
    pieces === "values" ? { slopes: reads.map((_, i) => (i === r ? 1 : 0)), offset: 0 } : tableEntry(pieces, k, r);
  const selector = (r: number): AffineFunction => {
    if (selectors === "pieces") return value(r);
    return selectors === "-pieces" ? negative(value(r)) : tableEntry(selectors, k, r);
  };
  const all = Array.from({ length: pieces === "values" ? reads.length : pieces.pieces }, (_, index) => ({
    index,
    value: value(index),
    selector: selector(index),
  }));
  const reachable = ({ slopes }: AffineFunction): boolean => slopes.every((slope, i) => slope === 0 || reads[i]! >= 0);
  return all.filter((piece) => reachable(piece.value) && reachable(piece.selector));
}

function tableEntry({ rows, pieces, arity, slopes, offsets }: AffineTable, k: number, r: number): AffineFunction {
  const at = (k % rows) * pieces + r;
  return { slopes: [...slopes.slice(at * arity, (at + 1) * arity)], offset: offsets[at]! };
}

function negative({ slopes, offset }: AffineFunction): AffineFunction {
  return { slopes: slopes.map((slope) => -slope), offset: -offset };
}
