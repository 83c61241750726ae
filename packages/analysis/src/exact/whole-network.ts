import { type AffineOperator, type AffineTable, type Network, type NetworkNode, sizeOf, type Units, unitsOf } from "@maso/core";
import type { Slice } from "../partition/slice";
import { lowestBitOf, wholeMultiple } from "./dyadic";

/**
 * A network restricted to a slice, in whole numbers: the values of each source are whole multiples of one power of two, 2^exponent, which
 * the parameters alone determine, not the point or the code. Derived node by node when first needed; throws "non-finite" then.
 */
export interface WholeNetwork {
  readonly network: Network;
  readonly exponent: (source: number) => number;
  /** Value `index` of input `source` is (a·s + b·t + c) · 2^exponent(source). */
  readonly input: (source: number, index: number) => readonly [a: bigint, b: bigint, c: bigint];
  readonly node: (index: number) => WholeNode;
}

export type WholeNode = WholeAffine | WholeQuantizer;

/** The sources that a node reads, laid end to end, brought to the least of their exponents. */
export interface WholeReads {
  readonly parts: readonly { readonly source: number; readonly start: number; readonly shift: bigint }[];
}

export interface WholeAffine extends WholeReads {
  readonly type: "affine";
  readonly exponent: number;
  readonly row: (k: number) => WholeRow;
}

/** bias + Σ_e weights[e] · value indices[e]. */
export interface WholeRow {
  readonly indices: Int32Array;
  readonly weights: readonly bigint[];
  readonly bias: bigint;
}

export interface WholeQuantizer extends WholeReads {
  readonly type: "quantizer";
  readonly exponent: number;
  readonly units: Units;
  /** null: values. */
  readonly pieces: WholeTable | null;
  /** null: ±values. */
  readonly selectors: WholeTable | null;
}

/** An AffineTable in whole numbers, with the exponent of what it makes. */
export interface WholeTable extends Omit<AffineTable, "slopes" | "offsets"> {
  readonly exponent: number;
  readonly slopes: readonly bigint[];
  readonly offsets: readonly bigint[];
}

/**
 * Rows are kept in whole numbers from their second use on, up to this many entries, some 60 bytes each; others are made anew at each use:
 * a network of which one point is asked reads each row once.
 */
const MOST_ENTRIES = 2 ** 20;

export function wholeNetwork(network: Network, slice: Slice): WholeNetwork {
  const inputs = wholeInputs(network, slice);
  const nodes: WholeNode[] = [];
  const keep = { entries: MOST_ENTRIES };
  const node = (index: number): WholeNode => (nodes[index] ??= wholeNode(network.nodes[index]!, exponent, keep));
  const exponent = (source: number): number => inputs[source]?.exponent ?? node(source - inputs.length).exponent;
  return { network, exponent, node, input: (source, index) => inputs[source]!.value(index) };
}

function wholeInputs({ inputs }: Network, { origin, axes }: Slice) {
  const columns = [axes[0], axes[1], origin];
  let end = 0;
  return inputs.map((shape) => {
    const start = end;
    end += sizeOf(shape);
    const exponent = finite(...columns.map((column) => lowestBitOf("slice", column.subarray(start, end))));
    const at = (column: number, index: number): bigint => wholeMultiple(columns[column]![start + index]!, exponent);
    return { exponent, value: (index: number) => [at(0, index), at(1, index), at(2, index)] as const };
  });
}

function wholeNode({ id, op, from }: NetworkNode, exponentOf: WholeNetwork["exponent"], keep: { entries: number }): WholeNode {
  const exponents = from.map(exponentOf);
  const least = Math.min(...exponents);
  let start = 0;
  const parts = from.map((source, i) => {
    const part = { source, start, shift: BigInt(exponents[i]! - least) };
    start += sizeOf(op.inputs[i]!);
    return part;
  });
  if (op.type === "quantizer") {
    const units = unitsOf(op);
    const pieces = units.table && wholeTable(id, units.table, least);
    const selectors = units.selectors === units.table ? pieces : units.selectors && wholeTable(id, units.selectors, least);
    return { type: "quantizer", parts, exponent: pieces?.exponent ?? least, units, pieces, selectors };
  }
  return { type: "affine", parts, ...wholeAffine(id, op, least, keep) };
}

/** The rows of A and b for values that are whole multiples of 2^least. */
function wholeAffine(id: string, op: AffineOperator, least: number, keep: { entries: number }): Pick<WholeAffine, "exponent" | "row"> {
  let lowest = Infinity;
  for (let k = 0, count = sizeOf(op.output); k < count; k++) lowest = Math.min(lowest, lowestBitOf(id, op.row(k).values));
  const exponent = finite(least + lowest, lowestBitOf(id, op.bias));
  const bias = Array.from(op.bias, (value) => wholeMultiple(value, exponent));
  const rows: WholeRow[] = [];
  const isUsed = new Uint8Array(sizeOf(op.output));
  const row = (k: number): WholeRow => {
    const known = rows[k];
    if (known) return known;
    const { indices, values } = op.row(k);
    const weights: bigint[] = [];
    for (let e = 0; e < values.length; e++) weights.push(wholeMultiple(values[e]!, exponent - least));
    const made = { indices, weights, bias: bias[k % bias.length]! };
    if (isUsed[k] === 1 && keep.entries >= weights.length) {
      keep.entries -= weights.length;
      rows[k] = made;
    }
    isUsed[k] = 1;
    return made;
  };
  return { exponent, row };
}

function wholeTable(id: string, table: AffineTable, least: number): WholeTable {
  const exponent = finite(least + lowestBitOf(id, table.slopes), lowestBitOf(id, table.offsets));
  return {
    ...table,
    exponent,
    slopes: Array.from(table.slopes, (value) => wholeMultiple(value, exponent - least)),
    offsets: Array.from(table.offsets, (value) => wholeMultiple(value, exponent)),
  };
}

/** The least exponent; 0 where every number is 0. */
function finite(...exponents: number[]): number {
  const least = Math.min(...exponents);
  return least === Infinity ? 0 : least;
}
