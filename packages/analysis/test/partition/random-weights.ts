import type { Random } from "@maso/core";

/** Draws the numbers of a network: all of one style, and where `degenerate`, rows that make units coincide or vanish. */
export interface Weights {
  readonly degenerate: boolean;
  number(): number;
  /** A short multiple of 1/4, of which sums are exact in float64. */
  short(): number;
  /** Rows of a matrix, with a bias each. */
  rows(count: number, length: number): { readonly weight: number[][]; readonly bias: number[] };
  one<T>(among: readonly T[]): T;
  chance(probability: number): boolean;
  integer(from: number, to: number): number;
}

export type Style = "integers" | "float32" | "float64" | "mixed";

export function randomWeights(source: Random, style: Style, degenerate: boolean, biasFree: boolean): Weights {
  const chance = (probability: number): boolean => source.uniform() < probability;
  const integer = (from: number, to: number): number => from + source.integer(to - from + 1);
  const one = <T>(among: readonly T[]): T => among[source.integer(among.length)]!;
  const number = (): number => drawers[style === "mixed" ? one(["integers", "float32", "float64"] as const) : style](source);
  const degenerateRow = (length: number, above: readonly number[][]): number[] => {
    const axis = source.integer(length);
    const other = above[source.integer(Math.max(1, above.length))] ?? new Array<number>(length).fill(0);
    return one([
      () => other,
      () => other.map((value) => 2 * value),
      () => other.map((value) => -value),
      () => other.map((value) => -0.5 * value),
      () => other.map(() => 0),
      // Along a side of the window, or through its corners.
      () => other.map((_, i) => (i === axis ? 1 : 0)),
      () => other.map((_, i) => (i === axis || i === (axis + 1) % length ? one([1, -1]) : 0)),
    ])();
  };
  return {
    degenerate,
    number,
    short: () => integer(-8, 8) / 4,
    rows(count, length) {
      // The last number of a row is its bias, so that a copied row is a copied unit.
      const rows: number[][] = [];
      for (let k = 0; k < count; k++) {
        const strange = degenerate && chance(0.4);
        const row = strange ? degenerateRow(length + 1, rows) : Array.from({ length: length + 1 }, number);
        // Lines that meet the window more often than not.
        if (!degenerate) row[length]! /= 2;
        if (strange && chance(0.3)) row[length] = integer(-1, 1);
        if (biasFree) row[length] = 0;
        rows.push([...row]);
      }
      return { weight: rows.map((row) => row.slice(0, length)), bias: rows.map((row) => row[length]!) };
    },
    one,
    chance,
    integer,
  };
}

const drawers = {
  integers: (source: Random): number => source.integer(5) - 2,
  float32: (source: Random): number => Math.fround(source.normal()),
  float64: (source: Random): number => source.normal(),
};
