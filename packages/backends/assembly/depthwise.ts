import { sumWide, tapAt } from "./sum-taps";

/**
 * to[t, c] = Σ over taps of from[s, c]·kernel[tap, c] for `count` images, channels-last. Position y of the target reads the taps
 * yStarts[y] up to yStarts[y + 1] of yTaps, and x alike: pairs of what they add to the places in `from` and `kernel`, in bytes.
 */
export function depthwise(
  to: usize,
  from: usize,
  fromSize: i32,
  count: i32,
  kernel: usize,
  yStarts: usize,
  yTaps: usize,
  height: i32,
  xStarts: usize,
  xTaps: usize,
  width: i32,
  channels: i32,
): void {
  const all = (<usize>channels) << 3;
  for (let image = 0; image < count; image++) {
    for (let y = 0; y < height; y++) {
      const firstY = tapAt(yTaps, yStarts, y);
      const endY = tapAt(yTaps, yStarts, y + 1);
      for (let x = 0; x < width; x++) {
        const firstX = tapAt(xTaps, xStarts, x);
        const endX = tapAt(xTaps, xStarts, x + 1);
        let c: usize = 0;
        for (; c + 64 <= all; c += 64) sumWide<f64>(to + c, from + c, kernel + c, firstY, endY, firstX, endX);
        for (; c < all; c += 8) sumOne(to + c, from + c, kernel + c, firstY, endY, firstX, endX);
        to += all;
      }
    }
    from += (<usize>fromSize) << 3;
  }
}

function sumOne(to: usize, from: usize, kernel: usize, firstY: usize, endY: usize, firstX: usize, endX: usize): void {
  let s: f64 = 0;
  for (let v = firstY; v < endY; v += 8)
    for (let h = firstX; h < endX; h += 8)
      s +=
        load<f64>(from + <usize>load<i32>(v) + <usize>load<i32>(h)) * load<f64>(kernel + <usize>load<i32>(v, 4) + <usize>load<i32>(h, 4));
  store<f64>(to, s);
}
