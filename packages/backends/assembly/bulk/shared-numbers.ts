import { negative, selectors, table } from "./units";

// The only row of a quantizer's tables, each number in all lanes of a register.

/** The number at `plane` of a table with one row. */
function numberAt(planar: usize, plane: i32): v128 {
  return v128.load32_splat(planar + ((<usize>plane) << 2));
}

/** Slope (0) or offset (1) of the r-th selector. */
export function selectorNumber(r: i32, which: i32): v128 {
  if (selectors !== 0) return numberAt(selectors, 2 * r + which);
  const own = numberAt(table, 2 * r + which);
  return negative ? f32x4.neg(own) : own;
}

/** The same of the r-th piece. */
export function pieceNumber(r: i32, which: i32): v128 {
  return numberAt(table, 2 * r + which);
}
