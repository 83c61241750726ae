import type { Units } from "@maso/core";
import type { Cuts } from "./cuts";
import { selectorClass } from "./unit-classes";
import type { ValueNumbers } from "./value-numbers";

/**
 * By cut: the sign that it has all over the slice, 2 where that is not known; null where it is known of none. Cuts between equal
 * functions and between constants are fixed; `settle` decides those between constants whose values are not known.
 */
export function fixedSigns(
  cuts: Cuts,
  units: Units,
  { classes }: ValueNumbers,
  reads: Int32Array,
  settle: (cut: number) => -1 | 0 | 1,
): Int8Array | null {
  const read = (place: number): number => reads[place]!;
  const fixed = Int8Array.from({ length: cuts.count }, (_, cut) => {
    const k = cuts.units[cut]!;
    const [a, b] = [cuts.pieces[cut]!, cuts.others[cut]!].map((r) => selectorClass(classes, units, k, r, read)) as [number, number];
    if (a === b) return 0;
    if (!classes.isConstant(a) || !classes.isConstant(b)) return 2;
    const [above, below] = [classes.valueOf(a), classes.valueOf(b)];
    return above > below ? 1 : above < below ? -1 : settle(cut);
  });
  return fixed.some((sign) => sign !== 2) ? fixed : null;
}
