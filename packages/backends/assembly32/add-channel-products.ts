import { addEight } from "./add-eight";

/**
 * sums[tap, c] += Σ_p x[tap, p, c]·dy[p, c] over a block of positions p = (image, row, pixel). Both lie in panels of eight channels; tap t
 * starts at offsets[t] of a panel of x and takes the steps from position to position: all in bytes. Three taps at a time, in six
 * registers; taps come in threes, and a row of the sums has a panel's eight columns for every panel.
 */
export function addChannelProducts(
  sums: usize,
  x: usize,
  panelStep: i32,
  offsets: usize,
  taps: i32,
  dy: usize,
  panels: i32,
  images: i32,
  imageStep: i32,
  height: i32,
  rowStep: i32,
  width: i32,
  pixelStep: i32,
): void {
  const panelBytes = (<usize>(images * height * width)) << 5;
  const sumStep = (<usize>panels) << 5;
  for (let panel = 0; panel < panels; panel++) {
    let at = sums;
    for (let tap = 0; tap < taps; tap += 3) {
      const group = offsets + ((<usize>tap) << 2);
      addThree(at, sumStep, x, group, dy, images, <usize>imageStep, height, <usize>rowStep, width, <usize>pixelStep);
      at += sumStep * 3;
    }
    x += <usize>panelStep;
    dy += panelBytes;
    sums += 32;
  }
}

function addThree(
  sums: usize,
  sumStep: usize,
  x: usize,
  offsets: usize,
  dy: usize,
  images: i32,
  imageStep: usize,
  height: i32,
  rowStep: usize,
  width: i32,
  pixelStep: usize,
): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  const d1 = <usize>(load<i32>(offsets, 4) - load<i32>(offsets));
  const d2 = <usize>(load<i32>(offsets, 8) - load<i32>(offsets));
  let image = x + <usize>load<i32>(offsets);
  for (let n = 0; n < images; n++) {
    let row = image;
    for (let y = 0; y < height; y++) {
      let p = row;
      for (const end = dy + ((<usize>width) << 5); dy < end; dy += 32) {
        const b0 = v128.load(dy);
        const b1 = v128.load(dy, 16);
        s0 = f32x4.add(s0, f32x4.mul(b0, v128.load(p)));
        t0 = f32x4.add(t0, f32x4.mul(b1, v128.load(p, 16)));
        s1 = f32x4.add(s1, f32x4.mul(b0, v128.load(p + d1)));
        t1 = f32x4.add(t1, f32x4.mul(b1, v128.load(p + d1, 16)));
        s2 = f32x4.add(s2, f32x4.mul(b0, v128.load(p + d2)));
        t2 = f32x4.add(t2, f32x4.mul(b1, v128.load(p + d2, 16)));
        p += pixelStep;
      }
      row += rowStep;
    }
    image += imageStep;
  }
  addEight(sums, s0, t0);
  addEight(sums + sumStep, s1, t1);
  addEight(sums + (sumStep << 1), s2, t2);
}
