import type { Cuts } from "./cuts";

/** Numbers for functions on the slice, by what they are made of. */
export type CutNames = Map<string, number>;

/** By cut: a number that all cuts have which are the same sum of values of the same classes, up to its sign; −1 where slopes are rounded. */
export function namesOf(cuts: Cuts, classes: Int32Array, named: CutNames): Int32Array {
  return Int32Array.from({ length: cuts.count }, (_, c) => {
    const key = keyOf(cuts, classes, c);
    if (key === null) return -1;
    const name = named.get(key) ?? named.size;
    named.set(key, name);
    return name;
  });
}

function keyOf({ start, reads, slopes, offsets, areExact }: Cuts, classes: Int32Array, c: number): string | null {
  if (areExact[c] === 0) return null;
  const terms: (readonly [value: number, slope: number])[] = [];
  for (let i = start[c]!; i < start[c + 1]!; i++) terms.push([classes[reads[i]!]!, slopes[i]!]);
  terms.sort(([a], [b]) => a - b);
  if (terms.some(([value], i) => i > 0 && terms[i - 1]![0] === value)) return null;
  const sign = (terms[0]?.[1] ?? 0) < 0 ? -1 : 1;
  return `${terms.map(([value, slope]) => `${value}*${sign * slope}`).join()}|${sign * offsets[c]!}`;
}
