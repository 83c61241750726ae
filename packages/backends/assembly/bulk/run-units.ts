import { arity, bits, count, inputSize, negative, words } from "./units";

// Hard units whose pieces are the values that they read, in runs that move together: unit starts[n] + i of run n reads the values
// places[n, r] + i, and none where places[n, r] is -1. Runs have a multiple of four units; codes have eight bits or more.

/** Both values, or the code alone where `out` is 0. */
export function runValues(out: usize, code: usize, v: usize, rows: i32, starts: usize, places: usize, runs: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let n = 0; n < runs; n++) {
      const from = load<i32>(starts + ((<usize>n) << 2));
      const to = load<i32>(starts + ((<usize>n) << 2), 4);
      const own = places + ((<usize>(n * arity)) << 2);
      let first = 0;
      while (load<i32>(own + ((<usize>first) << 2)) < 0) first++;
      for (let i = 0; i < to - from; i += 4) {
        const base = v + ((<usize>i) << 2);
        let value = v128.load(base + ((<usize>load<i32>(own + ((<usize>first) << 2))) << 2));
        let best = i32x4.splat(first);
        for (let r = first + 1; r < arity; r++) {
          const place = load<i32>(own + ((<usize>r) << 2));
          if (place < 0) continue;
          const other = v128.load(base + ((<usize>place) << 2));
          const better = negative ? f32x4.lt(other, value) : f32x4.gt(other, value);
          value = v128.bitselect(other, value, better);
          if (code !== 0) best = v128.bitselect(i32x4.splat(r), best, better);
        }
        if (out !== 0) v128.store(out + ((<usize>(from + i)) << 2), value);
        if (code !== 0) storeCode(code, from + i, best);
      }
    }
    if (out !== 0) out += (<usize>count) << 2;
    if (code !== 0) code += (<usize>words) << 2;
    v += (<usize>inputSize) << 2;
  }
}

function storeCode(code: usize, k: i32, best: v128): void {
  if (bits === 32) {
    v128.store(code + ((<usize>k) << 2), best);
    return;
  }
  store<u8>(code + <usize>k, <u8>i32x4.extract_lane(best, 0));
  store<u8>(code + <usize>k, <u8>i32x4.extract_lane(best, 1), 1);
  store<u8>(code + <usize>k, <u8>i32x4.extract_lane(best, 2), 2);
  store<u8>(code + <usize>k, <u8>i32x4.extract_lane(best, 3), 3);
}
