import type { Cuts } from "./cuts";

/**
 * Whether a cut is the sum or the difference of two others, up to its sign, so that it is 0 where they both are: of three values, the third
 * pair ties where two do. Only told of cuts that add and subtract values as they are.
 */
export function isThirdTie(cuts: Cuts, cut: number, a: number, b: number): boolean {
  const all = [cut, a, b].map((c) => termsOf(cuts, c));
  const [own, first, second] = all;
  if (!own || !first || !second) return false;
  const reads = new Set([...own.keys(), ...first.keys(), ...second.keys()]);
  const slope = (terms: ReadonlyMap<number, number>, read: number): number => terms.get(read) ?? 0;
  return [1, -1].some((p) => [1, -1].some((q) => [...reads].every((r) => slope(own, r) === p * slope(first, r) + q * slope(second, r))));
}

function termsOf(
  { start, reads, slopes, slopeSizes, offsets, offsetSizes, areExact }: Cuts,
  c: number,
): ReadonlyMap<number, number> | null {
  if (areExact[c] === 0 || offsets[c] !== 0 || offsetSizes[c] !== 0) return null;
  const terms = new Map<number, number>();
  for (let i = start[c]!; i < start[c + 1]!; i++) {
    if (slopeSizes[i] !== 1 || Math.abs(slopes[i]!) !== 1 || terms.has(reads[i]!)) return null;
    terms.set(reads[i]!, slopes[i]!);
  }
  return terms;
}
