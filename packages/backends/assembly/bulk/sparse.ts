/** A sparse matrix by rows times x, [rows, size · channels]; `entries` is 0 where all are 1. */
export function sparse(
  out: usize,
  x: usize,
  rowStart: usize,
  indices: usize,
  entries: usize,
  rows: i32,
  count: i32,
  size: i32,
  channels: i32,
): void {
  const width = (<usize>channels) << 2;
  if (channels === 1) {
    singles(out, x, rowStart, indices, entries, rows, count, size);
    return;
  }
  for (let row = 0; row < rows; row++) {
    let end = load<i32>(rowStart);
    for (let k = 0; k < count; k++) {
      let e = end;
      end = load<i32>(rowStart + ((<usize>k) << 2), 4);
      if (e === end) memory.fill(out, 0, width);
      else copy(out, from(x, indices, e, width), entries, e, width);
      for (e++; e < end; e++) add(out, from(x, indices, e, width), entries, e, width);
      out += width;
    }
    x += <usize>size * width;
  }
}

/** Of one channel. */
function singles(out: usize, x: usize, rowStart: usize, indices: usize, entries: usize, rows: i32, count: i32, size: i32): void {
  for (let row = 0; row < rows; row++) {
    let e: usize = (<usize>load<i32>(rowStart)) << 2;
    for (let k = 0; k < count; k++) {
      const end = (<usize>load<i32>(rowStart + ((<usize>k) << 2), 4)) << 2;
      let sum: f32 = 0;
      if (entries === 0) for (; e < end; e += 4) sum += load<f32>(x + ((<usize>load<i32>(indices + e)) << 2));
      else for (; e < end; e += 4) sum += load<f32>(entries + e) * load<f32>(x + ((<usize>load<i32>(indices + e)) << 2));
      store<f32>(out, sum);
      out += 4;
    }
    x += (<usize>size) << 2;
  }
}

function from(x: usize, indices: usize, e: i32, width: usize): usize {
  return x + <usize>load<i32>(indices + ((<usize>e) << 2)) * width;
}

function entryOf(entries: usize, e: i32): f32 {
  return entries === 0 ? 1 : load<f32>(entries + ((<usize>e) << 2));
}

function copy(out: usize, x: usize, entries: usize, e: i32, width: usize): void {
  const entry = entryOf(entries, e);
  let c: usize = 0;
  for (const wide = f32x4.splat(entry); c + 16 <= width; c += 16) v128.store(out + c, f32x4.mul(v128.load(x + c), wide));
  for (; c < width; c += 4) store<f32>(out + c, load<f32>(x + c) * entry);
}

function add(out: usize, x: usize, entries: usize, e: i32, width: usize): void {
  const entry = entryOf(entries, e);
  let c: usize = 0;
  for (const wide = f32x4.splat(entry); c + 16 <= width; c += 16)
    v128.store(out + c, f32x4.add(v128.load(out + c), f32x4.mul(v128.load(x + c), wide)));
  for (; c < width; c += 4) store<f32>(out + c, load<f32>(out + c) + load<f32>(x + c) * entry);
}
