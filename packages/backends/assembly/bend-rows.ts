import { setReal } from "./numbers";

/** v ↦ slope·v + offset + |bend·v + kink| for all values of rows, in place; squares gets the sum of squares of each row, even places and odd ones apart. */
export function bendRows(rows: usize, width: i32, count: i32, slope: f64, offset: f64, bend: f64, kink: f64, squares: usize): void {
  const slopes = f64x2.splat(slope);
  const offsets = f64x2.splat(offset);
  const bends = f64x2.splat(bend);
  const kinks = f64x2.splat(kink);
  const bytes = (<usize>width) << 3;
  const pairs = bytes & ~15;
  for (let i = 0; i < count; i++) {
    let sums = f64x2.splat(0);
    for (let k: usize = 0; k < pairs; k += 16) {
      const x = v128.load(rows + k);
      const y = f64x2.add(f64x2.add(f64x2.mul(slopes, x), offsets), f64x2.abs(f64x2.add(f64x2.mul(bends, x), kinks)));
      v128.store(rows + k, y);
      sums = f64x2.add(sums, f64x2.mul(y, y));
    }
    let even = f64x2.extract_lane(sums, 0);
    if (pairs < bytes) {
      const x = load<f64>(rows + pairs);
      const y = slope * x + offset + abs(bend * x + kink);
      store<f64>(rows + pairs, y);
      even += y * y;
    }
    setReal(squares, i, even + f64x2.extract_lane(sums, 1));
    rows += bytes;
  }
}
