/**
 * The first `channels` of channels-last pixels, `repeats` copies of each side by side, in panels of `width`: value i of a pixel lies in
 * panel ⌊i / width⌋, which zeros fill up. Steps from panel to panel, from row to row there, and from pixel to pixel here are in bytes.
 */
export function packRows(
  to: usize,
  panelStep: i32,
  rowStep: i32,
  from: usize,
  pixelStep: i32,
  rows: i32,
  pixels: i32,
  channels: i32,
  width: i32,
  repeats: i32,
): void {
  const pixelBytes = <usize>pixelStep;
  const all = channels * repeats;
  for (let first = 0; first < all; first += width) {
    const count = min(width, all - first);
    for (let y = 0; y < rows; y++) {
      const target = to + <usize>(y * rowStep);
      const source = from + <usize>(y * pixels * pixelStep);
      if (repeats === 1) packPanel(target, source + ((<usize>first) << 2), pixels, pixelBytes, count, width);
      else packCopies(target, source, pixels, pixelBytes, first, count, width, repeats);
    }
    to += <usize>panelStep;
  }
}

function packPanel(to: usize, from: usize, pixels: i32, pixelBytes: usize, count: i32, width: i32): void {
  const used = (<usize>count) << 2;
  const all = (<usize>width) << 2;
  for (let x = 0; x < pixels; x++) {
    let c: usize = 0;
    for (; c + 16 <= used; c += 16) v128.store(to + c, v128.load(from + c));
    for (; c < used; c += 4) store<f32>(to + c, load<f32>(from + c));
    for (; c < all; c += 4) store<f32>(to + c, 0);
    from += pixelBytes;
    to += all;
  }
}

function packCopies(to: usize, from: usize, pixels: i32, pixelBytes: usize, first: i32, count: i32, width: i32, repeats: i32): void {
  const start = from + ((<usize>(first / repeats)) << 2);
  const skipped = first % repeats;
  for (let x = 0; x < pixels; x++) {
    let channel = start + <usize>x * pixelBytes;
    let copy = skipped;
    for (let i = 0; i < width; i++) {
      store<f32>(to, i < count ? load<f32>(channel) : 0);
      to += 4;
      if (++copy === repeats) {
        copy = 0;
        channel += 4;
      }
    }
  }
}
