import { pieceNumber, selectorNumber } from "./shared-numbers";
import { count, words } from "./units";

// Hard units that read the value of their own number and share one table of two or three pieces, four at a time: what scalar-units.ts does,
// with the table in registers. count is a multiple of four.

/** Of two pieces, the values and the code, 32 units a word; one of them alone where the other's place is 0. */
export function sharedBits(out: usize, code: usize, v: usize, rows: i32): void {
  const s0 = selectorNumber(0, 0);
  const t0 = selectorNumber(0, 1);
  const s1 = selectorNumber(1, 0);
  const t1 = selectorNumber(1, 1);
  const a0 = pieceNumber(0, 0);
  const b0 = pieceNumber(0, 1);
  const a1 = pieceNumber(1, 0);
  const b1 = pieceNumber(1, 1);
  for (let row = 0; row < rows; row++)
    for (let word = 0; word < words; word++) {
      const end = min(count - 32 * word, 32);
      let packed = 0;
      for (let k = 0; k < end; k += 4) {
        const x = v128.load(v);
        const later = f32x4.gt(f32x4.add(f32x4.mul(s1, x), t1), f32x4.add(f32x4.mul(s0, x), t0));
        if (out !== 0) {
          v128.store(out, f32x4.add(f32x4.mul(v128.bitselect(a1, a0, later), x), v128.bitselect(b1, b0, later)));
          out += 16;
        }
        packed |= i32x4.bitmask(later) << k;
        v += 16;
      }
      if (code !== 0) {
        store<i32>(code, packed);
        code += 4;
      }
    }
}

/** The same of three pieces, a byte each. */
export function sharedBytes(out: usize, code: usize, v: usize, rows: i32): void {
  const s0 = selectorNumber(0, 0);
  const t0 = selectorNumber(0, 1);
  const s1 = selectorNumber(1, 0);
  const t1 = selectorNumber(1, 1);
  const s2 = selectorNumber(2, 0);
  const t2 = selectorNumber(2, 1);
  const a0 = pieceNumber(0, 0);
  const b0 = pieceNumber(0, 1);
  const a1 = pieceNumber(1, 0);
  const b1 = pieceNumber(1, 1);
  const a2 = pieceNumber(2, 0);
  const b2 = pieceNumber(2, 1);
  for (const end = v + ((<usize>(rows * count)) << 2); v < end; v += 16) {
    const x = v128.load(v);
    const first = f32x4.add(f32x4.mul(s0, x), t0);
    const second = f32x4.add(f32x4.mul(s1, x), t1);
    const later = f32x4.gt(second, first);
    const last = f32x4.gt(f32x4.add(f32x4.mul(s2, x), t2), v128.bitselect(second, first, later));
    if (code !== 0) {
      // Masks are −1: minus what is past the first piece, and past the second.
      const pieces = i32x4.neg(i32x4.add(v128.or(later, last), last));
      const halves = i16x8.narrow_i32x4_u(pieces, pieces);
      store<i32>(code, i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0));
      code += 4;
    }
    if (out !== 0) {
      const slope = v128.bitselect(a2, v128.bitselect(a1, a0, later), last);
      const offset = v128.bitselect(b2, v128.bitselect(b1, b0, later), last);
      v128.store(out, f32x4.add(f32x4.mul(slope, x), offset));
      out += 16;
    }
  }
}

export function sharedApplyBits(out: usize, v: usize, code: usize, points: i32, group: i32, withOffsets: bool): void {
  const a0 = pieceNumber(0, 0);
  const b0 = pieceNumber(0, 1);
  const a1 = pieceNumber(1, 0);
  const b1 = pieceNumber(1, 1);
  const lanes = i32x4(1, 2, 4, 8);
  for (let point = 0; point < points; point++) {
    for (let g = 0; g < group; g++)
      for (let word = 0; word < words; word++) {
        const end = min(count - 32 * word, 32);
        let packed = load<i32>(code + ((<usize>word) << 2));
        for (let k = 0; k < end; k += 4) {
          const first = i32x4.eq(v128.and(i32x4.splat(packed), lanes), i32x4.splat(0));
          let y = f32x4.mul(v128.bitselect(a0, a1, first), v128.load(v));
          if (withOffsets) y = f32x4.add(y, v128.bitselect(b0, b1, first));
          v128.store(out, y);
          packed >>>= 4;
          out += 16;
          v += 16;
        }
      }
    code += (<usize>words) << 2;
  }
}

export function sharedApplyBytes(out: usize, v: usize, code: usize, points: i32, group: i32, withOffsets: bool): void {
  const a0 = pieceNumber(0, 0);
  const b0 = pieceNumber(0, 1);
  const a1 = pieceNumber(1, 0);
  const b1 = pieceNumber(1, 1);
  const a2 = pieceNumber(2, 0);
  const b2 = pieceNumber(2, 1);
  const one = i32x4.splat(1);
  for (let point = 0; point < points; point++) {
    for (let g = 0; g < group; g++)
      for (let k = 0; k < count; k += 4) {
        const chosen = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(code + <usize>k)));
        const second = i32x4.eq(chosen, one);
        const last = i32x4.gt_s(chosen, one);
        let y = f32x4.mul(v128.bitselect(a2, v128.bitselect(a1, a0, second), last), v128.load(v));
        if (withOffsets) y = f32x4.add(y, v128.bitselect(b2, v128.bitselect(b1, b0, second), last));
        v128.store(out, y);
        out += 16;
        v += 16;
      }
    code += (<usize>words) << 2;
  }
}
