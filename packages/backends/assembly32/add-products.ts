import { addEight } from "./add-eight";

/**
 * sums[r, j] += Σ_p x[r, p]·dy[p, j] over a block of positions p = (image, row, pixel). Row r of x starts at offsets[r] and takes the
 * steps from position to position; row r of the sums starts at places[r]: all in bytes. dy lies in panels of eight columns, position
 * after position. Four rows by eight columns at a time, in eight registers; rows come in fours.
 */
export function addProducts(
  sums: usize,
  places: usize,
  x: usize,
  offsets: usize,
  rows: i32,
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
  for (let panel = 0; panel < panels; panel++) {
    for (let r = 0; r < rows; r += 4) {
      const at = (<usize>r) << 2;
      addTile(sums, places + at, x, offsets + at, dy, images, <usize>imageStep, height, <usize>rowStep, width, <usize>pixelStep);
    }
    dy += panelBytes;
    sums += 32;
  }
}

function addTile(
  sums: usize,
  places: usize,
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
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  // Of the other three rows only how far they are from the first.
  const d1 = <usize>(load<i32>(offsets, 4) - load<i32>(offsets));
  const d2 = <usize>(load<i32>(offsets, 8) - load<i32>(offsets));
  const d3 = <usize>(load<i32>(offsets, 12) - load<i32>(offsets));
  const consecutive = d1 === 4 && d2 === 8 && d3 === 12;
  let image = x + <usize>load<i32>(offsets);
  for (let n = 0; n < images; n++) {
    let row = image;
    for (let y = 0; y < height; y++) {
      let p = row;
      const end = dy + ((<usize>width) << 5);
      if (consecutive) {
        for (; dy < end; dy += 32) {
          const b0 = v128.load(dy);
          const b1 = v128.load(dy, 16);
          let a = v128.load_splat<f32>(p);
          s0 = f32x4.add(s0, f32x4.mul(a, b0));
          t0 = f32x4.add(t0, f32x4.mul(a, b1));
          a = v128.load_splat<f32>(p, 4);
          s1 = f32x4.add(s1, f32x4.mul(a, b0));
          t1 = f32x4.add(t1, f32x4.mul(a, b1));
          a = v128.load_splat<f32>(p, 8);
          s2 = f32x4.add(s2, f32x4.mul(a, b0));
          t2 = f32x4.add(t2, f32x4.mul(a, b1));
          a = v128.load_splat<f32>(p, 12);
          s3 = f32x4.add(s3, f32x4.mul(a, b0));
          t3 = f32x4.add(t3, f32x4.mul(a, b1));
          p += pixelStep;
        }
      } else {
        for (; dy < end; dy += 32) {
          const b0 = v128.load(dy);
          const b1 = v128.load(dy, 16);
          let a = v128.load_splat<f32>(p);
          s0 = f32x4.add(s0, f32x4.mul(a, b0));
          t0 = f32x4.add(t0, f32x4.mul(a, b1));
          a = v128.load_splat<f32>(p + d1);
          s1 = f32x4.add(s1, f32x4.mul(a, b0));
          t1 = f32x4.add(t1, f32x4.mul(a, b1));
          a = v128.load_splat<f32>(p + d2);
          s2 = f32x4.add(s2, f32x4.mul(a, b0));
          t2 = f32x4.add(t2, f32x4.mul(a, b1));
          a = v128.load_splat<f32>(p + d3);
          s3 = f32x4.add(s3, f32x4.mul(a, b0));
          t3 = f32x4.add(t3, f32x4.mul(a, b1));
          p += pixelStep;
        }
      }
      row += rowStep;
    }
    image += imageStep;
  }
  addEight(sums + <usize>load<i32>(places), s0, t0);
  addEight(sums + <usize>load<i32>(places, 4), s1, t1);
  addEight(sums + <usize>load<i32>(places, 8), s2, t2);
  addEight(sums + <usize>load<i32>(places, 12), s3, t3);
}
