/** The bits of a block of a multiple of 256 bytes, counted again and again: what distances of codes are measured against. No part of the package. */
export function popcounts(block: usize, bytes: usize, repeats: i32): i32 {
  let total = i32x4.splat(0);
  const end = block + bytes;
  for (let n = 0; n < repeats; n++)
    for (let at = block; at < end; at += 256) {
      const first = i8x16.add(eight(at), eight(at + 128));
      total = i32x4.add(total, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(first)));
    }
  return i32x4.extract_lane(total, 0) + i32x4.extract_lane(total, 1) + i32x4.extract_lane(total, 2) + i32x4.extract_lane(total, 3);
}

/** The bits of 128 bytes, per byte of a vector. */
function eight(at: usize): v128 {
  const a = i8x16.add(i8x16.popcnt(v128.load(at)), i8x16.popcnt(v128.load(at, 16)));
  const b = i8x16.add(i8x16.popcnt(v128.load(at, 32)), i8x16.popcnt(v128.load(at, 48)));
  const c = i8x16.add(i8x16.popcnt(v128.load(at, 64)), i8x16.popcnt(v128.load(at, 80)));
  const d = i8x16.add(i8x16.popcnt(v128.load(at, 96)), i8x16.popcnt(v128.load(at, 112)));
  return i8x16.add(i8x16.add(a, b), i8x16.add(c, d));
}
