import { real } from "./numbers";

/**
 * Which values of each row may be positive, and which negative, where a value may be off by the row's doubt: bit k of 32 in word k >> 5.
 * A value that is 0 beyond doubt is neither.
 */
export function signRows(rows: usize, width: i32, count: i32, doubts: usize, positive: usize, negative: usize): void {
  for (let i = 0; i < count; i++) {
    const doubt = real(doubts, i);
    for (let from = 0; from < width; from += 32) {
      const length = min(32, width - from);
      const all: i32 = length === 32 ? -1 : (1 << length) - 1;
      let n = signBits(rows, length);
      let p = ~n & all;
      const open = smallBits(rows, length, doubt);
      if (open !== 0) {
        p = doubt === 0 ? p & ~open : p | open;
        n = doubt === 0 ? n & ~open : n | open;
      }
      store<i32>(positive, p);
      store<i32>(negative, n);
      positive += 4;
      negative += 4;
      rows += (<usize>length) << 3;
    }
  }
}

/** Which of up to 32 values have their sign bit set. */
function signBits(values: usize, length: i32): i32 {
  let bits = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    const at = values + ((<usize>i) << 3);
    const high = v128.shuffle<i32>(v128.load(at), v128.load(at, 16), 1, 3, 5, 7);
    bits |= i32x4.bitmask(high) << i;
  }
  for (; i < length; i++) bits |= (load<i32>(values + ((<usize>i) << 3), 4) >>> 31) << i;
  return bits;
}

/** Which of up to 32 values are no larger than a bound. */
function smallBits(values: usize, length: i32, bound: f64): i32 {
  const bounds = f64x2.splat(bound);
  let any = i64x2.splat(0);
  let i = 0;
  for (; i + 2 <= length; i += 2) any = v128.or(any, f64x2.le(f64x2.abs(v128.load(values + ((<usize>i) << 3))), bounds));
  const isLastSmall = i < length && abs(real(values, i)) <= bound;
  if (!isLastSmall && !v128.any_true(any)) return 0;
  let bits = 0;
  for (i = 0; i < length; i++) if (abs(real(values, i)) <= bound) bits |= 1 << i;
  return bits;
}
