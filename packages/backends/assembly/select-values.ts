/**
 * Units whose pieces are the values they read: the largest of those that exist (the smallest where `smallest`), ties to the lowest
 * index. Units come in runs that move together: unit starts[n] + i of run n reads the values reads[n, r] + i, and none where
 * reads[n, r] is -1. starts has runs + 1 entries. One value past the end may be read and written.
 */
export function selectValues(
  values: usize,
  choice: usize,
  v: usize,
  rows: i32,
  inputSize: i32,
  starts: usize,
  reads: usize,
  runs: i32,
  arity: i32,
  smallest: bool,
): void {
  const count = load<i32>(starts + ((<usize>runs) << 2));
  for (let row = 0; row < rows; row++) {
    let run = reads;
    for (let n = 0; n < runs; n++) {
      const from = load<i32>(starts + ((<usize>n) << 2));
      const to = load<i32>(starts + ((<usize>n) << 2), 4);
      let first = 0;
      while (load<i32>(run + ((<usize>first) << 2)) < 0) first++;
      for (let i = 0; i < to - from; i += 2) {
        const base = v + ((<usize>i) << 3);
        let value = v128.load(base + ((<usize>load<i32>(run + ((<usize>first) << 2))) << 3));
        let best = i64x2.splat(first);
        for (let r = first + 1; r < arity; r++) {
          const index = load<i32>(run + ((<usize>r) << 2));
          if (index < 0) continue;
          const candidate = v128.load(base + ((<usize>index) << 3));
          const kept = smallest ? f64x2.ge(candidate, value) : f64x2.le(candidate, value);
          value = v128.bitselect(value, candidate, kept);
          best = v128.bitselect(best, i64x2.splat(r), kept);
        }
        v128.store(values + ((<usize>(from + i)) << 3), value);
        store<u8>(choice + <usize>(from + i), i64x2.extract_lane(best, 0));
        store<u8>(choice + <usize>(from + i), i64x2.extract_lane(best, 1), 1);
      }
      run += (<usize>arity) << 2;
    }
    v += (<usize>inputSize) << 3;
    values += (<usize>count) << 3;
    choice += <usize>count;
  }
}
