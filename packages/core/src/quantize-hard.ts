import { choiceArray, type Selection } from "./choice";
import type { AffineTable } from "./operator";
import { quantizeAny } from "./quantize-any";
import type { Rows } from "./shape";
import type { Units } from "./units";

/** The piece that each hard unit selects, and its value, at joined inputs, [rows, inputSize]. */
export function quantizeHard(units: Units, v: Rows): Selection {
  const { reads, table, selectors } = units;
  if (reads === null && table !== null) return selectScalars(units, table, v);
  if (reads !== null && table === null && selectors === null) return selectValues(units, reads, v);
  const { values, choice } = quantizeAny(units, 1, v);
  return { values, choice };
}

/** Units that read one value each. */
function selectScalars({ count, pieces, selectors }: Units, table: AffineTable, v: Rows): Selection {
  const values = new Float64Array(v.length);
  const choice = choiceArray(pieces, v.length);
  const { slopes, offsets } = table;
  const { slopes: steps, offsets: shifts, rows: selectorRows } = selectors!;
  for (let start = 0; start < v.length; start += count) {
    let row = 0;
    let selectorRow = 0;
    for (let k = 0; k < count; k++) {
      const x = v[start + k]!;
      let best = 0;
      let largest = steps[selectorRow]! * x + shifts[selectorRow]!;
      for (let r = 1; r < pieces; r++) {
        const s = steps[selectorRow + r]! * x + shifts[selectorRow + r]!;
        if (s > largest) {
          largest = s;
          best = r;
        }
      }
      choice[start + k] = best;
      values[start + k] = slopes[row + best]! * x + offsets[row + best]!;
      row += pieces;
      if (row === table.rows * pieces) row = 0;
      selectorRow += pieces;
      if (selectorRow === selectorRows * pieces) selectorRow = 0;
    }
  }
  return { values, choice };
}

/** Units whose pieces are the values they read: the largest or the smallest of those that exist. */
function selectValues({ count, arity, inputSize, selectorSign }: Units, reads: Int32Array, v: Rows): Selection {
  const rows = v.length / inputSize;
  const values = new Float64Array(rows * count);
  const choice = choiceArray(arity, rows * count);
  for (let row = 0, at = 0; row < rows; row++) {
    const base = row * inputSize;
    for (let k = 0; k < count; k++, at++) {
      let best = -1;
      let value = 0;
      for (let r = 0; r < arity; r++) {
        const index = reads[k * arity + r]!;
        if (index < 0) continue;
        const candidate = v[base + index]!;
        if (best >= 0 && selectorSign * candidate <= selectorSign * value) continue;
        best = r;
        value = candidate;
      }
      choice[at] = best;
      values[at] = value;
    }
  }
  return { values, choice };
}
