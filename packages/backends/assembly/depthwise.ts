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
        for (; c + 64 <= all; c += 64) sumEight(to + c, from + c, kernel + c, firstY, endY, firstX, endX);
        for (; c < all; c += 8) sumOne(to + c, from + c, kernel + c, firstY, endY, firstX, endX);
        to += all;
      }
    }
    from += (<usize>fromSize) << 3;
  }
}

/** Eight channels at a time: the address of a tap is worked out once for all. */
function sumEight(to: usize, from: usize, kernel: usize, firstY: usize, endY: usize, firstX: usize, endX: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let v = firstY; v < endY; v += 8) {
    const source = from + <usize>load<i32>(v);
    const weights = kernel + <usize>load<i32>(v, 4);
    for (let h = firstX; h < endX; h += 8) {
      const p = source + <usize>load<i32>(h);
      const w = weights + <usize>load<i32>(h, 4);
      s0 = f64x2.add(s0, f64x2.mul(v128.load(p), v128.load(w)));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(p, 16), v128.load(w, 16)));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(p, 32), v128.load(w, 32)));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(p, 48), v128.load(w, 48)));
    }
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
}

function sumOne(to: usize, from: usize, kernel: usize, firstY: usize, endY: usize, firstX: usize, endX: usize): void {
  let s: f64 = 0;
  for (let v = firstY; v < endY; v += 8)
    for (let h = firstX; h < endX; h += 8)
      s +=
        load<f64>(from + <usize>load<i32>(v) + <usize>load<i32>(h)) * load<f64>(kernel + <usize>load<i32>(v, 4) + <usize>load<i32>(h, 4));
  store<f64>(to, s);
}

function tapAt(taps: usize, starts: usize, position: i32): usize {
  return taps + ((<usize>load<i32>(starts + ((<usize>position) << 2))) << 3);
}
