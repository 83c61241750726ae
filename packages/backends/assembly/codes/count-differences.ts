/** Vectors whose counts per byte, at most 8 each, add up within a byte. */
const BIT_RUN: usize = 16 * 16;
/** The same for counts of at most 1. */
const BYTE_RUN: usize = 16 * 128;

/**
 * counts[i, j] = the units in which row i of a and row j of b differ. A row is `bits` bytes of one-bit units, `bytes` bytes of one-byte units and
 * `words` bytes of four-byte units, each a multiple of 16. Rows are even in number; of b, `strip` at a time stay in the cache, even too.
 */
export function countDifferences(
  counts: usize,
  a: usize,
  aRows: i32,
  b: usize,
  bRows: i32,
  strip: i32,
  bits: usize,
  bytes: usize,
  words: usize,
): void {
  const row = bits + bytes + words;
  const width = (<usize>bRows) << 2;
  for (let from = 0; from < bRows; from += strip) {
    const to = min(bRows, from + strip);
    const end = b + <usize>to * row;
    let line = counts + ((<usize>from) << 2);
    let a0 = a;
    for (let i = 0; i < aRows; i += 2) {
      const a1 = a0 + row;
      let out = line;
      for (let b0 = b + <usize>from * row; b0 < end; b0 += row << 1) {
        countTile(out, width, a0, a1, b0, b0 + row, bits, bytes, words);
        out += 8;
      }
      a0 = a1 + row;
      line += width << 1;
    }
  }
}

/** Two rows by two. */
function countTile(out: usize, width: usize, a0: usize, a1: usize, b0: usize, b1: usize, bits: usize, bytes: usize, words: usize): void {
  let s00 = i32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let at: usize = 0;
  while (at < bits) {
    const end = min(bits, at + BIT_RUN);
    let c00 = i8x16.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    for (; at < end; at += 16) {
      const x0 = v128.load(a0 + at);
      const x1 = v128.load(a1 + at);
      const y0 = v128.load(b0 + at);
      const y1 = v128.load(b1 + at);
      c00 = i8x16.add(c00, i8x16.popcnt(v128.xor(x0, y0)));
      c01 = i8x16.add(c01, i8x16.popcnt(v128.xor(x0, y1)));
      c10 = i8x16.add(c10, i8x16.popcnt(v128.xor(x1, y0)));
      c11 = i8x16.add(c11, i8x16.popcnt(v128.xor(x1, y1)));
    }
    s00 = i32x4.add(s00, widened(c00));
    s01 = i32x4.add(s01, widened(c01));
    s10 = i32x4.add(s10, widened(c10));
    s11 = i32x4.add(s11, widened(c11));
  }
  while (at < bits + bytes) {
    const end = min(bits + bytes, at + BYTE_RUN);
    let c00 = i8x16.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    for (; at < end; at += 16) {
      const x0 = v128.load(a0 + at);
      const x1 = v128.load(a1 + at);
      const y0 = v128.load(b0 + at);
      const y1 = v128.load(b1 + at);
      c00 = i8x16.sub(c00, i8x16.ne(x0, y0));
      c01 = i8x16.sub(c01, i8x16.ne(x0, y1));
      c10 = i8x16.sub(c10, i8x16.ne(x1, y0));
      c11 = i8x16.sub(c11, i8x16.ne(x1, y1));
    }
    s00 = i32x4.add(s00, widened(c00));
    s01 = i32x4.add(s01, widened(c01));
    s10 = i32x4.add(s10, widened(c10));
    s11 = i32x4.add(s11, widened(c11));
  }
  for (const end = bits + bytes + words; at < end; at += 16) {
    const x0 = v128.load(a0 + at);
    const x1 = v128.load(a1 + at);
    const y0 = v128.load(b0 + at);
    const y1 = v128.load(b1 + at);
    s00 = i32x4.sub(s00, i32x4.ne(x0, y0));
    s01 = i32x4.sub(s01, i32x4.ne(x0, y1));
    s10 = i32x4.sub(s10, i32x4.ne(x1, y0));
    s11 = i32x4.sub(s11, i32x4.ne(x1, y1));
  }
  const sums = pairSums(pairSums(s00, s01), pairSums(s10, s11));
  v128.store64_lane(out, sums, 0);
  v128.store64_lane(out + width, sums, 1);
}

/** Sixteen counts as four sums. */
function widened(counts: v128): v128 {
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(counts));
}

/** x0 + x1, x2 + x3, y0 + y1, y2 + y3. */
function pairSums(x: v128, y: v128): v128 {
  return i32x4.add(v128.shuffle<i32>(x, y, 0, 2, 4, 6), v128.shuffle<i32>(x, y, 1, 3, 5, 7));
}
