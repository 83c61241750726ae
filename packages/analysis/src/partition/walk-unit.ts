import type { LineRule, PairRule, UnitRule } from "./cuts";

/** What is known of the cuts on an interval along which they are linear. */
export interface CutsOnInterval {
  /** The sign of a cut at the left (0) or right (1) end. */
  sign(end: 0 | 1, cut: number): -1 | 0 | 1;
  /** Of two cuts that are zero inside the interval, which comes first: negative, the first one; 0: they are zero in one point. */
  order(cut: number, other: number): number;
  /** Notes that a unit uses another piece from the point on where a cut is zero. */
  cross(cut: number, piece: number): void;
}

/** The pieces that a unit uses right after the left end and right before the right one. */
export interface UnitWalk {
  first: number;
  last: number;
}

/** Walks a unit's pieces along an interval. A piece that is used in a point alone does not count; ties all along go to the lowest index. */
export function walkUnit(rule: UnitRule, interval: CutsOnInterval, walk: UnitWalk): void {
  if (rule.type === "line") walkLine(rule, interval, walk);
  else walkPairs(rule, interval, walk);
}

function walkLine({ pieces, cuts }: LineRule, interval: CutsOnInterval, walk: UnitWalk): void {
  let [first, last] = [0, 0];
  for (let i = 0; i < cuts.length; i++) {
    const { cut, sign } = cuts[i]!;
    const left = sign * interval.sign(0, cut);
    const right = sign * interval.sign(1, cut);
    const isTie = left === 0 && right === 0 && pieces[i + 1]! < pieces[i]!;
    if ((left || right) > 0 || isTie) first = i + 1;
    if ((right || left) > 0 || isTie) last = i + 1;
    if (left * right < 0) interval.cross(cut, pieces[right > 0 ? i + 1 : i]!);
  }
  walk.first = pieces[first]!;
  walk.last = pieces[last]!;
}

/** The upper envelope of the selectors: from each piece on to the one that crosses it next, of several the one that is on top after that. */
function walkPairs({ pieces, pairs }: PairRule, interval: CutsOnInterval, walk: UnitWalk): void {
  const count = pieces.length;
  const lead = (i: number, j: number, end: 0 | 1): number => {
    const { cut, sign } = pairs[Math.min(i, j)]![Math.max(i, j)]!;
    return (i < j ? sign : -sign) * interval.sign(end, cut);
  };
  const cutOf = (i: number, j: number): number => pairs[Math.min(i, j)]![Math.max(i, j)]!.cut;
  const isAbove = (i: number, j: number, ...ends: readonly (0 | 1)[]): boolean => {
    for (const end of ends) {
      const difference = lead(i, j, end);
      if (difference !== 0) return difference > 0;
    }
    return i < j;
  };
  let top = 0;
  for (let j = 1; j < count; j++) if (isAbove(j, top, 0, 1)) top = j;
  walk.first = pieces[top]!;
  for (;;) {
    let next = -1;
    for (let j = 0; j < count; j++) {
      if (j === top || lead(j, top, 1) <= 0) continue;
      const order = next < 0 ? -1 : interval.order(cutOf(j, top), cutOf(next, top));
      if (order < 0 || (order === 0 && isAbove(j, next, 1))) next = j;
    }
    if (next < 0) break;
    interval.cross(cutOf(next, top), pieces[next]!);
    top = next;
  }
  walk.last = pieces[top]!;
}
