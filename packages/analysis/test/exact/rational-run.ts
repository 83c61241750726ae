import { type AffineTable, type Network, pieceExists, type Quantizer, sizeOf, unitsOf } from "@maso/core";
import type { Slice } from "../../src/partition/slice";
import { compare, type Fraction, minus, ofFloat, plus, times, ZERO } from "./fraction";

/** What a network does at one point, by the definition, in fractions. */
export interface RationalRun {
  readonly outputs: readonly Fraction[];
  /** By node index: joined inputs, selectors [unit][piece] (null: the piece does not exist) and pieces used of the quantizers. */
  readonly inputs: readonly (readonly Fraction[])[];
  readonly selectors: readonly (readonly (readonly (Fraction | null)[])[])[];
  readonly choices: readonly (readonly number[] | undefined)[];
}

/** The oracle: every node in full, the pieces by the argmax or as `frozen` says. */
export function rationalRun(network: Network, slice: Slice, s: Fraction, t: Fraction, frozen?: RationalRun["choices"]): RationalRun {
  const x = Array.from(slice.origin, (value, i) =>
    plus(ofFloat(value), plus(times(s, ofFloat(slice.axes[0][i]!)), times(t, ofFloat(slice.axes[1][i]!)))),
  );
  const values: Fraction[][] = network.inputs.map((shape) => x.splice(0, sizeOf(shape)));
  const inputs: Fraction[][] = [];
  const selectors: (Fraction | null)[][][] = [];
  const choices: (number[] | undefined)[] = [];
  network.nodes.forEach(({ op, from }, node) => {
    const v = from.flatMap((source) => values[source]!);
    if (op.type === "affine") {
      values.push(
        Array.from({ length: sizeOf(op.output) }, (_, k) => {
          const row = op.row(k);
          return Array.from(row.indices).reduce(
            (sum, j, e) => plus(sum, times(ofFloat(row.values[e]!), v[j]!)),
            ofFloat(op.bias[k % op.bias.length]!),
          );
        }),
      );
      return;
    }
    inputs[node] = v;
    const units = Array.from({ length: sizeOf(op.output) }, (_, k) => k);
    selectors[node] = units.map((k) => selectorsOf(op, k, v));
    choices[node] = units.map((k) => frozen?.[node]?.[k] ?? argmax(selectors[node]![k]!));
    values.push(units.map((k) => pieceOf(op, unitsOf(op).table, k, choices[node]![k]!, v)));
  });
  return { outputs: values[network.output]!, inputs, selectors, choices };
}

function selectorsOf(op: Quantizer, k: number, v: readonly Fraction[]): (Fraction | null)[] {
  const units = unitsOf(op);
  return Array.from({ length: units.pieces }, (_, r) => {
    if (!pieceExists(units, k, r)) return null;
    const value = pieceOf(op, units.selectors, k, r, v);
    return units.selectors === null && units.selectorSign < 0 ? minus(ZERO, value) : value;
  });
}

function pieceOf(op: Quantizer, table: AffineTable | null, k: number, r: number, v: readonly Fraction[]): Fraction {
  const { reads, arity } = unitsOf(op);
  const read = (i: number): Fraction => v[reads === null ? k : reads[k * arity + i]!] ?? ZERO;
  if (table === null) return read(r);
  const row = (k % table.rows) * table.pieces + r;
  let sum = ofFloat(table.offsets[row]!);
  for (let i = 0; i < arity; i++) sum = plus(sum, times(ofFloat(table.slopes[row * arity + i]!), read(i)));
  return sum;
}

function argmax(selectors: readonly (Fraction | null)[]): number {
  let best = -1;
  selectors.forEach((value, r) => {
    if (value !== null && (best < 0 || compare(value, selectors[best]!) > 0)) best = r;
  });
  return best;
}
