import { pieceNumber, selectorNumber } from "./shared-numbers";
import { count, words } from "./units";

// The values and the code of the units of shared-units.ts, in one pass over what they read.

/** Of two pieces: 32 units a word. */
export function sharedSelectBits(out: usize, code: usize, v: usize, rows: i32): void {
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
        v128.store(out, f32x4.add(f32x4.mul(v128.bitselect(a1, a0, later), x), v128.bitselect(b1, b0, later)));
        packed |= i32x4.bitmask(later) << k;
        out += 16;
        v += 16;
      }
      store<i32>(code, packed);
      code += 4;
    }
}

/** Of three pieces: a byte each. */
export function sharedSelectBytes(out: usize, code: usize, v: usize, rows: i32): void {
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
  const one = i32x4.splat(1);
  const two = i32x4.splat(2);
  for (const end = code + <usize>(rows * count); code < end; code += 4, out += 16, v += 16) {
    const x = v128.load(v);
    const first = f32x4.add(f32x4.mul(s0, x), t0);
    const second = f32x4.add(f32x4.mul(s1, x), t1);
    const later = f32x4.gt(second, first);
    const last = f32x4.gt(f32x4.add(f32x4.mul(s2, x), t2), v128.bitselect(second, first, later));
    const slope = v128.bitselect(a2, v128.bitselect(a1, a0, later), last);
    const offset = v128.bitselect(b2, v128.bitselect(b1, b0, later), last);
    v128.store(out, f32x4.add(f32x4.mul(slope, x), offset));
    const halves = i16x8.narrow_i32x4_u(v128.bitselect(two, v128.and(one, later), last), one);
    store<i32>(code, i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0));
  }
}
