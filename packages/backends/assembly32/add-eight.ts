/** Adds eight sums, in two registers, to what stands there. */
export function addEight(at: usize, s: v128, t: v128): void {
  v128.store(at, f32x4.add(v128.load(at), s));
  v128.store(at, f32x4.add(v128.load(at, 16), t), 16);
}
