/** The taps of a position: from starts[position] on, pairs of what they add to the places in the source and in the kernel, in bytes. */
export function tapAt(taps: usize, starts: usize, position: i32): usize {
  return taps + ((<usize>load<i32>(starts + ((<usize>position) << 2))) << 3);
}

/** Σ over taps for 64 bytes of channels at a time: the address of a tap is worked out once for all. */
export function sumWide<T>(to: usize, from: usize, kernel: usize, firstY: usize, endY: usize, firstX: usize, endX: usize): void {
  let s0 = i32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let v = firstY; v < endY; v += 8) {
    const source = from + <usize>load<i32>(v);
    const weights = kernel + <usize>load<i32>(v, 4);
    for (let h = firstX; h < endX; h += 8) {
      const p = source + <usize>load<i32>(h);
      const w = weights + <usize>load<i32>(h, 4);
      s0 = v128.add<T>(s0, v128.mul<T>(v128.load(p), v128.load(w)));
      s1 = v128.add<T>(s1, v128.mul<T>(v128.load(p, 16), v128.load(w, 16)));
      s2 = v128.add<T>(s2, v128.mul<T>(v128.load(p, 32), v128.load(w, 32)));
      s3 = v128.add<T>(s3, v128.mul<T>(v128.load(p, 48), v128.load(w, 48)));
    }
  }
  v128.store(to, s0);
  v128.store(to, s1, 16);
  v128.store(to, s2, 32);
  v128.store(to, s3, 48);
}
