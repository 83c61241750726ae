import { count, negative, pieces, selectorRows, selectors, table, tableRows, words } from "./units";

// Hard units that read the value of their own number, four at a time. Callers make sure that count and tables allow it: count is a multiple
// of four, and tables have one row or a multiple of four that divides it.

/** What four units from k on give at x. */
function entry(planar: usize, rows: i32, k: i32, plane: i32): v128 {
  return rows === 1 ? v128.load32_splat(planar + ((<usize>plane) << 2)) : v128.load(planar + ((<usize>(plane * rows + (k % rows))) << 2));
}

function affine(planar: usize, rows: i32, k: i32, r: i32, x: v128): v128 {
  return f32x4.add(f32x4.mul(entry(planar, rows, k, 2 * r), x), entry(planar, rows, k, 2 * r + 1));
}

function score(k: i32, r: i32, x: v128): v128 {
  if (selectors !== 0) return affine(selectors, selectorRows, k, r, x);
  const value = affine(table, tableRows, k, r, x);
  return negative ? f32x4.neg(value) : value;
}

export function scalarValues(out: usize, v: usize, rows: i32): void {
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < count; k += 4) {
      const x = v128.load(v);
      let value = affine(table, tableRows, k, 0, x);
      let largest = score(k, 0, x);
      for (let r = 1; r < pieces; r++) {
        const own = score(k, r, x);
        const larger = f32x4.gt(own, largest);
        largest = v128.bitselect(own, largest, larger);
        value = v128.bitselect(affine(table, tableRows, k, r, x), value, larger);
      }
      v128.store(out, value);
      out += 16;
      v += 16;
    }
}

/** Of two pieces: 32 units a word. */
export function scalarCodeBits(out: usize, v: usize, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let word = 0; word < words; word++) {
      const end = min(count, 32 * (word + 1));
      let packed = 0;
      for (let k = 32 * word; k < end; k += 4) {
        const x = v128.load(v);
        packed |= i32x4.bitmask(f32x4.gt(score(k, 1, x), score(k, 0, x))) << (k & 31);
        v += 16;
      }
      store<i32>(out, packed);
      out += 4;
    }
  }
}

export function scalarApplyBits(out: usize, v: usize, code: usize, points: i32, group: i32, withOffsets: bool): void {
  const lanes = i32x4(1, 2, 4, 8);
  for (let point = 0; point < points; point++) {
    for (let g = 0; g < group; g++)
      for (let word = 0; word < words; word++) {
        const end = min(count, 32 * (word + 1));
        let packed = load<i32>(code + ((<usize>word) << 2));
        for (let k = 32 * word; k < end; k += 4) {
          const second = i32x4.ne(v128.and(i32x4.splat(packed), lanes), i32x4.splat(0));
          const slope = v128.bitselect(entry(table, tableRows, k, 2), entry(table, tableRows, k, 0), second);
          let y = f32x4.mul(slope, v128.load(v));
          if (withOffsets) y = f32x4.add(y, v128.bitselect(entry(table, tableRows, k, 3), entry(table, tableRows, k, 1), second));
          v128.store(out, y);
          packed >>>= 4;
          out += 16;
          v += 16;
        }
      }
    code += (<usize>words) << 2;
  }
}

/** Of 3 to 256 pieces: a byte each. */
export function scalarCodeBytes(out: usize, v: usize, rows: i32): void {
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < count; k += 4) {
      const x = v128.load(v);
      let largest = score(k, 0, x);
      let best = i32x4.splat(0);
      for (let r = 1; r < pieces; r++) {
        const own = score(k, r, x);
        const larger = f32x4.gt(own, largest);
        largest = v128.bitselect(own, largest, larger);
        best = v128.bitselect(i32x4.splat(r), best, larger);
      }
      const halves = i16x8.narrow_i32x4_u(best, best);
      store<i32>(out, i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0));
      out += 4;
      v += 16;
    }
}

export function scalarApplyBytes(out: usize, v: usize, code: usize, points: i32, group: i32, withOffsets: bool): void {
  for (let point = 0; point < points; point++) {
    for (let g = 0; g < group; g++)
      for (let k = 0; k < count; k += 4) {
        const chosen = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(code + <usize>k)));
        let slope = entry(table, tableRows, k, 0);
        let offset = entry(table, tableRows, k, 1);
        for (let r = 1; r < pieces; r++) {
          const own = i32x4.eq(chosen, i32x4.splat(r));
          slope = v128.bitselect(entry(table, tableRows, k, 2 * r), slope, own);
          if (withOffsets) offset = v128.bitselect(entry(table, tableRows, k, 2 * r + 1), offset, own);
        }
        let y = f32x4.mul(slope, v128.load(v));
        if (withOffsets) y = f32x4.add(y, offset);
        v128.store(out, y);
        out += 16;
        v += 16;
      }
    code += (<usize>words) << 2;
  }
}
