import type { Quantizer } from "./operator";
import { unitsOf } from "./units";

/** Unit k is a max-affine spline: its selectors are its pieces, so that z_k = max_r (a_r·x + b_r) while it is hard. */
export function isMaso(quantizer: Quantizer, k: number): boolean {
  const { table, selectors, selectorSign } = unitsOf(quantizer);
  if (selectors === table) return selectorSign === 1;
  if (selectors === null || table === null) return false;
  const same = (a: Float64Array, b: Float64Array, width: number): boolean => {
    const [from, to] = [(k % table.rows) * width, (k % selectors.rows) * width];
    for (let i = 0; i < width; i++) if (a[from + i] !== b[to + i]) return false;
    return true;
  };
  return same(table.slopes, selectors.slopes, table.pieces * table.arity) && same(table.offsets, selectors.offsets, table.pieces);
}
