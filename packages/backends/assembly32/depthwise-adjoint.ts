import { sumWide, tapAt } from "../assembly/sum-taps";

/**
 * dx[y, x, c] = Σ over taps and i < multiplier of dy[s, c·multiplier + i]·kernel[tap, c·multiplier + i] for rows of one image,
 * channels-last. Row y of dx reads the taps yStarts[y] up to yStarts[y + 1] of yTaps, and x alike: pairs of what they add to the places
 * in dy and kernel, in bytes. `sums` has room for the channels of dy.
 */
export function depthwiseAdjoint(
  dx: usize,
  dy: usize,
  kernel: usize,
  yStarts: usize,
  yTaps: usize,
  height: i32,
  xStarts: usize,
  xTaps: usize,
  width: i32,
  channels: i32,
  multiplier: i32,
  sums: usize,
): void {
  const all = (<usize>(channels * multiplier)) << 2;
  for (let y = 0; y < height; y++) {
    const firstY = tapAt(yTaps, yStarts, y);
    const endY = tapAt(yTaps, yStarts, y + 1);
    for (let x = 0; x < width; x++) {
      const firstX = tapAt(xTaps, xStarts, x);
      const endX = tapAt(xTaps, xStarts, x + 1);
      const to = multiplier === 1 ? dx : sums;
      let c: usize = 0;
      for (; c + 64 <= all; c += 64) sumWide<f32>(to + c, dy + c, kernel + c, firstY, endY, firstX, endX);
      for (; c + 16 <= all; c += 16) sumFour(to + c, dy + c, kernel + c, firstY, endY, firstX, endX);
      for (; c < all; c += 4) sumOne(to + c, dy + c, kernel + c, firstY, endY, firstX, endX);
      if (multiplier > 1) addGroups(dx, sums, channels, multiplier);
      dx += (<usize>channels) << 2;
    }
  }
}

function sumFour(to: usize, from: usize, kernel: usize, firstY: usize, endY: usize, firstX: usize, endX: usize): void {
  let s = f32x4.splat(0);
  for (let v = firstY; v < endY; v += 8)
    for (let h = firstX; h < endX; h += 8) s = f32x4.add(s, f32x4.mul(v128.load(tapIn(from, v, h, 0)), v128.load(tapIn(kernel, v, h, 4))));
  v128.store(to, s);
}

function sumOne(to: usize, from: usize, kernel: usize, firstY: usize, endY: usize, firstX: usize, endX: usize): void {
  let s: f32 = 0;
  for (let v = firstY; v < endY; v += 8)
    for (let h = firstX; h < endX; h += 8) s += load<f32>(tapIn(from, v, h, 0)) * load<f32>(tapIn(kernel, v, h, 4));
  store<f32>(to, s);
}

function addGroups(to: usize, from: usize, groups: i32, size: i32): void {
  for (let group = 0; group < groups; group++) {
    let s: f32 = 0;
    for (const end = from + ((<usize>size) << 2); from < end; from += 4) s += load<f32>(from);
    store<f32>(to, s);
    to += 4;
  }
}

/** The place that a pair of taps adds to: `part` is 0 for that in dy, 4 for that in the kernel. */
function tapIn(base: usize, v: usize, h: usize, part: usize): usize {
  return base + <usize>load<i32>(v + part) + <usize>load<i32>(h + part);
}
