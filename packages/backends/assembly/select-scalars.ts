/**
 * Units that read one value each: choice[k] = argmax_r steps[r, k]·x + shifts[r, k], ties to the lowest index, and
 * values[k] = slopes[r, k]·x + offsets[r, k] for that r. Tables are [pieces, period], k counted within an even period; where selectors
 * are the pieces, `steps` is `slopes`. One value past the end may be written.
 */
export function selectScalars(
  values: usize,
  choice: usize,
  v: usize,
  length: i32,
  slopes: usize,
  offsets: usize,
  steps: usize,
  shifts: usize,
  pieces: i32,
  period: i32,
): void {
  const row = (<usize>period) << 3;
  const end = <usize>pieces * row;
  const own = steps !== slopes;
  for (let start = 0; start < length; start += period) {
    const width = (<usize>min(period, length - start)) << 3;
    for (let k: usize = 0; k < width; k += 16) {
      const x = v128.load(v);
      let largest = f64x2.add(f64x2.mul(v128.load(steps + k), x), v128.load(shifts + k));
      let value = own ? f64x2.add(f64x2.mul(v128.load(slopes + k), x), v128.load(offsets + k)) : largest;
      let best = i64x2.splat(0);
      let piece = best;
      for (let at = k + row; at < end; at += row) {
        piece = i64x2.add(piece, i64x2.splat(1));
        const s = f64x2.add(f64x2.mul(v128.load(steps + at), x), v128.load(shifts + at));
        const larger = f64x2.gt(s, largest);
        largest = v128.bitselect(s, largest, larger);
        best = v128.bitselect(piece, best, larger);
        if (own) value = v128.bitselect(f64x2.add(f64x2.mul(v128.load(slopes + at), x), v128.load(offsets + at)), value, larger);
        else value = largest;
      }
      v128.store(values, value);
      store<u8>(choice, i64x2.extract_lane(best, 0));
      store<u8>(choice, i64x2.extract_lane(best, 1), 1);
      v += 16;
      values += 16;
      choice += 2;
    }
  }
}
