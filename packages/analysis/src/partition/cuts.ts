import { type AffineTable, pieceExists, type Quantizer, type Units, unitsOf } from "@maso/core";
import { isExactSum } from "./is-exact";
import { areAlike, repeated } from "./repeated-cuts";

/**
 * Where the units of a quantizer change pieces: affine functions of its joined inputs, cut c being
 * Σ_i slopes[i]·v[reads[i]] + offsets[c] over i in start[c] ... start[c + 1] − 1, each kept once however many units share it.
 */
export interface Cuts {
  readonly count: number;
  readonly start: Int32Array;
  readonly reads: Int32Array;
  readonly slopes: Float64Array;
  readonly offsets: Float64Array;
  /** |terms| behind each slope and offset, which are differences of selectors and rounded: what their rounding is measured against. */
  readonly slopeSizes: Float64Array;
  readonly offsetSizes: Float64Array;
  /** By cut: 1 where no slope and no offset is rounded. */
  readonly areExact: Int32Array;
  /** The first unit that has the cut: it is selector `pieces[c]` minus selector `others[c]` of that unit. */
  readonly units: Int32Array;
  readonly pieces: Int32Array;
  readonly others: Int32Array;
  /** How each unit finds its piece. */
  readonly rules: readonly UnitRule[];
  /** By joined input: the cut that is a multiple of it; −1: none is. */
  readonly cutOfInput: Int32Array;
  /** Whether each cut is a multiple of one input. */
  readonly arePlain: boolean;
  /** Whether there is a cut for each input, which is that input, and all units read one value. */
  readonly areInputs: boolean;
  /** The units that have each cut. */
  readonly readers: readonly (readonly number[])[];
  /** The sign that a cut has everywhere, −1, 0 or 1, where that is known; 2 elsewhere. null: of none. */
  readonly fixed: Int8Array | null;
  /** Cuts of one number, of whatever stage, are the same function on the slice up to its sign; −1: not told. null: of none. */
  readonly names: Int32Array | null;
}

/** Of one value: pieces in order along it, with the cut between each and the next. Of several: the cut between any two pieces. */
export type UnitRule = LineRule | PairRule;

export interface LineRule {
  readonly type: "line";
  readonly pieces: readonly number[];
  /** Positive where the unit is beyond piece i. */
  readonly cuts: readonly SignedCut[];
}

export interface PairRule {
  readonly type: "pairs";
  readonly pieces: readonly number[];
  /** pairs[i][j], i < j: positive where piece i is above piece j. */
  readonly pairs: readonly (readonly SignedCut[])[];
}

/** sign · cut. */
export interface SignedCut {
  readonly cut: number;
  readonly sign: 1 | -1;
}

/** The cuts of a quantizer. `same` maps each joined input to the first one that always has the same value. */
export function cutsOf(quantizer: Quantizer, same: Int32Array | null): Cuts {
  const units = unitsOf(quantizer);
  if (same === null && areAlike(units)) return repeated(cutsOfUnits(units, 1, null), units);
  return cutsOfUnits(units, units.count, same);
}

function cutsOfUnits(units: Units, count: number, same: Int32Array | null): Cuts {
  const collected = new CutCollector();
  const rules = Array.from({ length: count }, (_, k) => ruleOf(units, k, same, collected));
  return collected.done(rules, units.inputSize);
}

interface Selector {
  readonly piece: number;
  /** [index, slope], indices ascending, no slope 0. */
  readonly terms: readonly (readonly [number, number])[];
  readonly offset: number;
}

function ruleOf(units: Units, k: number, same: Int32Array | null, collected: CutCollector): UnitRule {
  const selectors = Array.from({ length: units.pieces }, (_, r) => r)
    .filter((r) => pieceExists(units, k, r))
    .map((r) => selectorOf(units, k, r, same));
  const reads = new Set(selectors.flatMap(({ terms }) => terms.map(([index]) => index)));
  return reads.size <= 1 ? lineRule(k, selectors, collected) : pairRule(k, distinct(selectors), collected);
}

function selectorOf({ reads, arity, pieces, selectors, selectorSign }: Units, k: number, r: number, same: Int32Array | null): Selector {
  const place = (i: number): number => {
    const index = reads === null ? k : reads[k * arity + i]!;
    return same === null || index < 0 ? index : same[index]!;
  };
  if (selectors === null) return { piece: r, terms: [[place(r), selectorSign]], offset: 0 };
  const { slopes, offsets } = selectors satisfies AffineTable;
  const row = (k % selectors.rows) * pieces + r;
  const sums = new Map<number, number>();
  for (let i = 0; i < arity; i++) {
    const slope = slopes[row * arity + i]!;
    if (slope === 0) continue;
    const [first, own] = [place(i), reads === null ? k : reads[k * arity + i]!];
    const before = sums.get(first) ?? 0;
    // Slopes whose sum is not exact stay apart.
    const at = isExactSum(before, slope, before + slope) ? first : own;
    sums.set(at, (sums.get(at) ?? 0) + slope);
  }
  return { piece: r, terms: [...sums].filter(([, slope]) => slope !== 0).sort(([i], [j]) => i - j), offset: offsets[row]! };
}

/** Of selectors that are the same function, the first: ties go to the lowest index. */
function distinct(selectors: readonly Selector[]): readonly Selector[] {
  const seen = new Set<string>();
  return selectors.filter(({ terms, offset }) => {
    const key = `${terms.join(";")}|${offset}`;
    return !seen.has(key) && seen.add(key);
  });
}

function pairRule(k: number, selectors: readonly Selector[], collected: CutCollector): PairRule {
  const pairs = selectors.map((a, i) => selectors.map((b, j) => (i < j ? collected.add(k, a, b) : { cut: -1, sign: 1 as const })));
  return { type: "pairs", pieces: selectors.map(({ piece }) => piece), pairs };
}

/** The upper envelope of lines over one value, from left to right. */
function lineRule(k: number, selectors: readonly Selector[], collected: CutCollector): LineRule {
  const slope = ({ terms }: Selector): number => terms[0]?.[1] ?? 0;
  const sorted = [...selectors].sort((a, b) => slope(a) - slope(b) || b.offset - a.offset || a.piece - b.piece);
  const hull: Selector[] = [];
  for (const next of sorted) {
    if (hull.length > 0 && slope(hull.at(-1)!) === slope(next)) continue;
    while (hull.length > 1 && !isAbove(hull.at(-2)!, hull.at(-1)!, next, slope)) hull.pop();
    hull.push(next);
  }
  const cuts = hull.slice(1).map((next, i) => collected.add(k, next, hull[i]!));
  return { type: "line", pieces: hull.map(({ piece }) => piece), cuts };
}

/** Whether b is strictly above the crossing of a and c, decided exactly: slopes ascend from a to c. */
function isAbove(a: Selector, b: Selector, c: Selector, slope: (s: Selector) => number): boolean {
  const [sa, sb, sc, oa, ob, oc] = toWhole([slope(a), slope(b), slope(c), a.offset, b.offset, c.offset]) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  return (ob - oa) * (sc - sa) > (oc - oa) * (sb - sa);
}

/** Finite float64 numbers times one power of two, as whole numbers. */
function toWhole(values: readonly number[]): bigint[] {
  const parts = values.map((value) => {
    let [mantissa, exponent] = [value, 0];
    while (!Number.isInteger(mantissa)) [mantissa, exponent] = [mantissa * 2, exponent - 1];
    return [BigInt(mantissa), exponent] as const;
  });
  const least = Math.min(...parts.map(([, exponent]) => exponent));
  return parts.map(([mantissa, exponent]) => mantissa << BigInt(exponent - least));
}

class CutCollector {
  private readonly start = [0];
  private readonly reads: number[] = [];
  private readonly slopes: number[] = [];
  private readonly slopeSizes: number[] = [];
  private readonly offsetSizes: number[] = [];
  private readonly offsets: number[] = [];
  private readonly units: number[] = [];
  private readonly pieces: number[] = [];
  private readonly others: number[] = [];
  private readonly readers: number[][] = [];
  private readonly areExact: number[] = [];
  private readonly known = new Map<string, number>();

  /** Selector a minus selector b of unit k, or the same cut up to its sign where there is one: of rounded ones, what the same two are. */
  add(k: number, a: Selector, b: Selector): SignedCut {
    const sums = new Map(a.terms);
    const sizes = new Map(a.terms.map(([index, slope]) => [index, Math.abs(slope)]));
    const offset = a.offset - b.offset;
    let isExact = isExactSum(a.offset, -b.offset, offset);
    for (const [index, slope] of b.terms) {
      const before = sums.get(index) ?? 0;
      isExact &&= isExactSum(before, -slope, before - slope);
      sums.set(index, before - slope);
      sizes.set(index, (sizes.get(index) ?? 0) + Math.abs(slope));
    }
    const terms = [...sums].filter(([, slope]) => slope !== 0).sort(([i], [j]) => i - j);
    const sign = (terms[0]?.[1] ?? offset) < 0 ? -1 : 1;
    const key = isExact
      ? `${terms.map(([index, slope]) => `${index}*${sign * slope}`).join()}|${sign * offset}`
      : [a, b].map((each) => `${each.terms.join(";")}|${each.offset}`).join(">");
    let cut = this.known.get(key);
    if (cut === undefined) {
      cut = this.offsets.length;
      this.known.set(key, cut);
      for (const [index, slope] of terms) {
        this.reads.push(index);
        this.slopes.push(sign * slope);
        this.slopeSizes.push(sizes.get(index)!);
      }
      this.start.push(this.reads.length);
      this.offsets.push(sign * offset);
      this.offsetSizes.push(Math.abs(a.offset) + Math.abs(b.offset));
      this.areExact.push(isExact ? 1 : 0);
      this.units.push(k);
      this.pieces.push(sign > 0 ? a.piece : b.piece);
      this.others.push(sign > 0 ? b.piece : a.piece);
      this.readers.push([]);
    }
    this.readers[cut]!.push(k);
    return { cut, sign };
  }

  done(rules: readonly UnitRule[], inputs: number): Cuts {
    const cutOfInput = new Int32Array(inputs).fill(-1);
    for (let c = 0; c < this.offsets.length; c++)
      if (this.start[c + 1]! - this.start[c]! === 1 && this.offsetSizes[c] === 0) cutOfInput[this.reads[this.start[c]!]!] = c;
    const count = this.offsets.length;
    const arePlain = this.reads.length === count && this.offsetSizes.every((size) => size === 0);
    const areInputs =
      arePlain &&
      count === inputs &&
      rules.every(({ type }) => type === "line") &&
      this.reads.every((read, c) => read === c && this.slopes[c] === 1 && this.slopeSizes[c] === 1);
    return {
      count,
      start: Int32Array.from(this.start),
      reads: Int32Array.from(this.reads),
      slopes: Float64Array.from(this.slopes),
      offsets: Float64Array.from(this.offsets),
      slopeSizes: Float64Array.from(this.slopeSizes),
      offsetSizes: Float64Array.from(this.offsetSizes),
      areExact: Int32Array.from(this.areExact),
      units: Int32Array.from(this.units),
      pieces: Int32Array.from(this.pieces),
      others: Int32Array.from(this.others),
      rules,
      cutOfInput,
      arePlain,
      areInputs,
      readers: this.readers,
      fixed: null,
      names: null,
    };
  }
}
