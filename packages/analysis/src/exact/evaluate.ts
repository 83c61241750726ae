import type { WholeAffine, WholeNetwork, WholeQuantizer, WholeReads, WholeTable } from "./whole-network";

/** One value in whole numbers: of a point one number, of forms their a, b and c. */
export type Value = readonly bigint[];

/** What an evaluation starts from and what it remembers. */
export interface Frame {
  /** The constant 1. */
  readonly one: Value;
  readonly input: (source: number, index: number) => Value;
  /** The piece that a unit of a quantizer node uses. */
  readonly choice: (node: number, unit: number) => number;
  /** By source, its values known so far; it grows. */
  readonly known: readonly (Value | undefined)[][];
}

export interface Evaluation {
  /** A value of a source, times 2^-exponent(source). */
  readonly value: (source: number, index: number) => Value;
  /** A selector of a unit, on a scale that all selectors of the node share. */
  readonly selector: (node: WholeQuantizer, unit: number, piece: number) => Value;
  /** The j-th of all values that a node reads, laid end to end, on their common scale. */
  readonly read: (node: WholeReads, j: number) => Value;
  /** How many values this evaluation has added to those known. */
  readonly added: () => number;
}

/**
 * The network in whole numbers. Only what is asked for is computed, with all it depends on, and each value once. All steps are
 * homogeneous (a frozen network is affine, and 1 has a value of its own), so that nothing is ever divided.
 */
export function evaluate({ network, node }: WholeNetwork, frame: Frame): Evaluation {
  const { one, known } = frame;
  const first = network.inputs.length;
  let added = 0;

  const value = (source: number, index: number): Value => known[source]![index] ?? compute(source, index);

  const compute = (source: number, index: number): Value => {
    const made = source < first ? frame.input(source, index) : output(source - first, index);
    known[source]![index] = made;
    added++;
    return made;
  };

  const output = (at: number, index: number): Value => {
    const made = node(at);
    return made.type === "affine" ? affine(made, index) : piece(made, index, frame.choice(at, index));
  };

  const read = ({ parts }: WholeReads, j: number): Value => {
    let i = parts.length - 1;
    while (parts[i]!.start > j) i--;
    const { source, start, shift } = parts[i]!;
    const own = value(source, j - start);
    return shift === 0n ? own : own.map((number) => number << shift);
  };

  const affine = (made: WholeAffine, k: number): Value => {
    const { indices, weights, bias } = made.row(k);
    const sum = one.map((number) => bias * number);
    for (let from = 0, i = 0; i < made.parts.length; i++) {
      const { source, start, shift } = made.parts[i]!;
      const to = placeBehind(indices, from, made.parts[i + 1]?.start ?? Infinity);
      const values = known[source]!;
      for (let e = nextUnknown(values, indices, from, to, start); e < to; e = nextUnknown(values, indices, e, to, start))
        compute(source, indices[e]! - start);
      addProducts(sum, weights, indices, from, to, values, start, shift);
      from = to;
    }
    return sum;
  };

  const piece = (made: WholeQuantizer, k: number, r: number): Value =>
    made.pieces === null ? readOf(made, k, r) : tableValue(made, made.pieces, k, r);

  const selector = (made: WholeQuantizer, k: number, r: number): Value => {
    if (made.selectors !== null) return tableValue(made, made.selectors, k, r);
    const own = readOf(made, k, r);
    return made.units.selectorSign > 0 ? own : own.map((number) => -number);
  };

  /** The i-th value that unit k reads. */
  const readOf = (made: WholeQuantizer, k: number, i: number): Value => read(made, placeOf(made, k, i));

  const tableValue = (made: WholeQuantizer, { rows, pieces, arity, slopes, offsets }: WholeTable, k: number, r: number): Value => {
    const row = (k % rows) * pieces + r;
    const offset = offsets[row]!;
    const sum = one.map((number) => offset * number);
    for (let i = 0; i < arity; i++) {
      const slope = slopes[row * arity + i]!;
      if (slope !== 0n) addProduct(sum, slope, readOf(made, k, i));
    }
    return sum;
  };

  return { value, selector, read, added: () => added };
}

function placeOf({ units: { reads, arity } }: WholeQuantizer, k: number, i: number): number {
  return reads === null ? k : reads[k * arity + i]!;
}

/** The first place from one on of an index that is not below an end. */
function placeBehind(indices: Int32Array, from: number, end: number): number {
  let place = from;
  while (place < indices.length && indices[place]! < end) place++;
  return place;
}

/** The first place in [from, to) of a value that is not known; `to` where all are. */
function nextUnknown(values: readonly (Value | undefined)[], indices: Int32Array, from: number, to: number, start: number): number {
  let place = from;
  while (place < to && values[indices[place]! - start] !== undefined) place++;
  return place;
}

/** Adds weights [from, to) times the values that they weigh, which are known, each times 2^shift. */
function addProducts(
  sum: bigint[],
  weights: readonly bigint[],
  indices: Int32Array,
  from: number,
  to: number,
  values: readonly (Value | undefined)[],
  start: number,
  shift: bigint,
): void {
  for (let e = from; e < to; e++) addProduct(sum, shift === 0n ? weights[e]! : weights[e]! << shift, values[indices[e]! - start]!);
}

function addProduct(sum: bigint[], factor: bigint, value: Value): void {
  for (let c = 0; c < sum.length; c++) if (value[c] !== 0n) sum[c] = sum[c]! + factor * value[c]!;
}

/** By source, nothing known. */
export function nothingKnown({ network: { inputs, nodes } }: WholeNetwork): (Value | undefined)[][] {
  return [...inputs, ...nodes].map(() => []);
}
