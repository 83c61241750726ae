import { int, setReal } from "./numbers";

/** The largest |value| of some rows. */
export function largestOfRows(rows: usize, width: i32, count: i32, at: usize, largest: usize): void {
  const bytes = (<usize>width) << 3;
  const pairs = bytes & ~15;
  for (let i = 0; i < count; i++) {
    const row = rows + <usize>int(at, i) * bytes;
    let most = f64x2.splat(0);
    for (let k: usize = 0; k < pairs; k += 16) most = f64x2.pmax(most, f64x2.abs(v128.load(row + k)));
    let all = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
    if (pairs < bytes) all = max(all, abs(load<f64>(row + pairs)));
    setReal(largest, i, all);
  }
}
