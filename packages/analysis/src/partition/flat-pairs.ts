import type { Cuts, PairRule } from "./cuts";

/** The cuts between the pieces of units of several values, laid flat. */
export interface FlatPairs {
  /** By such a unit, the number of its pieces and where its pairs begin. */
  readonly counts: Int32Array;
  readonly first: Int32Array;
  /** At first[k] + i · counts[k] + j: the cut between pieces i and j of unit k, and whether (1) or not (0) it is positive where i is above j. */
  readonly cuts: Int32Array;
  readonly isPositive: Uint8Array;
}

const known = new WeakMap<Cuts, FlatPairs>();

export function flatPairs(cuts: Cuts): FlatPairs {
  const found = known.get(cuts);
  if (found) return found;
  const rules = cuts.rules.filter((rule): rule is PairRule => rule.type === "pairs");
  const counts = Int32Array.from(rules, ({ pieces }) => pieces.length);
  const first = new Int32Array(rules.length + 1);
  for (let k = 0; k < rules.length; k++) first[k + 1] = first[k]! + counts[k]! ** 2;
  const made = { counts, first, cuts: new Int32Array(first[rules.length]!), isPositive: new Uint8Array(first[rules.length]!) };
  rules.forEach(({ pairs }, k) => {
    const [start, count] = [first[k]!, counts[k]!];
    for (let j = 1; j < count; j++)
      for (let i = 0; i < j; i++) {
        const { cut, sign } = pairs[i]![j]!;
        made.cuts[start + i * count + j] = cut;
        made.cuts[start + j * count + i] = cut;
        made.isPositive[start + i * count + j] = sign > 0 ? 1 : 0;
        made.isPositive[start + j * count + i] = sign > 0 ? 0 : 1;
      }
  });
  known.set(cuts, made);
  return made;
}

/** Where cuts may be positive or negative on a face: bits by cut. */
export interface FaceBits {
  readonly positive: Uint32Array;
  readonly negative: Uint32Array;
}

/** The piece of unit k that is strictly above all others all over a face; −1 where the bits name none. */
export function clearWinner({ counts, first, cuts, isPositive }: FlatPairs, k: number, { positive, negative }: FaceBits): number {
  const [start, count] = [first[k]!, counts[k]!];
  const isAbove = (i: number, j: number): boolean => {
    const at = start + i * count + j;
    const cut = cuts[at]!;
    const isBelow = ((isPositive[at] === 1 ? negative : positive)[cut >> 5]! >>> (cut & 31)) & 1;
    const mayBeAbove = ((isPositive[at] === 1 ? positive : negative)[cut >> 5]! >>> (cut & 31)) & 1;
    return isBelow === 0 && mayBeAbove === 1;
  };
  let best = 0;
  for (let j = 1; j < count; j++) if (!isAbove(best, j)) best = j;
  for (let j = 0; j < best; j++) if (!isAbove(best, j)) return -1;
  return best;
}
