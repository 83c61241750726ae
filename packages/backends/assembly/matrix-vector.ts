/** y[j] += Σ_p x[p]·B[p, j] for a matrix of `rows` rows, in the order of p: rows are weighted and added up, four at a time. */
export function addRows(y: usize, b: usize, x: usize, rows: i32, columns: i32): void {
  const row = (<usize>columns) << 3;
  const end = y + row;
  const pairs = y + (row & ~15);
  let p = 0;
  for (; p + 4 <= rows; p += 4) {
    const x0 = v128.load_splat<f64>(x);
    const x1 = v128.load_splat<f64>(x, 8);
    const x2 = v128.load_splat<f64>(x, 16);
    const x3 = v128.load_splat<f64>(x, 24);
    let b0 = b;
    let b1 = b0 + row;
    let b2 = b1 + row;
    let b3 = b2 + row;
    let at = y;
    for (; at < pairs; at += 16) {
      let s = f64x2.add(v128.load(at), f64x2.mul(x0, v128.load(b0)));
      s = f64x2.add(s, f64x2.mul(x1, v128.load(b1)));
      s = f64x2.add(s, f64x2.mul(x2, v128.load(b2)));
      v128.store(at, f64x2.add(s, f64x2.mul(x3, v128.load(b3))));
      b0 += 16;
      b1 += 16;
      b2 += 16;
      b3 += 16;
    }
    if (at < end) {
      let s = load<f64>(at) + load<f64>(x) * load<f64>(b0);
      s = s + load<f64>(x, 8) * load<f64>(b1);
      s = s + load<f64>(x, 16) * load<f64>(b2);
      store<f64>(at, s + load<f64>(x, 24) * load<f64>(b3));
    }
    x += 32;
    b += row << 2;
  }
  for (; p < rows; p++) {
    const weight = load<f64>(x);
    for (let at = y; at < end; at += 8) {
      store<f64>(at, load<f64>(at) + weight * load<f64>(b));
      b += 8;
    }
    x += 8;
  }
}

/** y[i] = Σ_p A[i, p]·x[p], in the order of p from zero: eight rows at a time, two to a register. `y` has room for a multiple of eight. */
export function dotRows(y: usize, a: usize, x: usize, rows: i32, columns: i32): void {
  const row = (<usize>columns) << 3;
  const last = a + row * <usize>(rows - 1);
  for (let i = 0; i < rows; i += 8) {
    // Past the end the last row is read again; its sums are of no use.
    let a0 = a;
    let a1 = min(a0 + row, last);
    let a2 = min(a1 + row, last);
    let a3 = min(a2 + row, last);
    let a4 = min(a3 + row, last);
    let a5 = min(a4 + row, last);
    let a6 = min(a5 + row, last);
    let a7 = min(a6 + row, last);
    a += row << 3;
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let p = x;
    for (const end = x + (row & ~15); p < end; p += 16) {
      const even = v128.load_splat<f64>(p);
      const odd = v128.load_splat<f64>(p, 8);
      let upper = v128.load(a0);
      let lower = v128.load(a1);
      s0 = f64x2.add(s0, f64x2.mul(even, v128.shuffle<f64>(upper, lower, 0, 2)));
      s0 = f64x2.add(s0, f64x2.mul(odd, v128.shuffle<f64>(upper, lower, 1, 3)));
      upper = v128.load(a2);
      lower = v128.load(a3);
      s1 = f64x2.add(s1, f64x2.mul(even, v128.shuffle<f64>(upper, lower, 0, 2)));
      s1 = f64x2.add(s1, f64x2.mul(odd, v128.shuffle<f64>(upper, lower, 1, 3)));
      upper = v128.load(a4);
      lower = v128.load(a5);
      s2 = f64x2.add(s2, f64x2.mul(even, v128.shuffle<f64>(upper, lower, 0, 2)));
      s2 = f64x2.add(s2, f64x2.mul(odd, v128.shuffle<f64>(upper, lower, 1, 3)));
      upper = v128.load(a6);
      lower = v128.load(a7);
      s3 = f64x2.add(s3, f64x2.mul(even, v128.shuffle<f64>(upper, lower, 0, 2)));
      s3 = f64x2.add(s3, f64x2.mul(odd, v128.shuffle<f64>(upper, lower, 1, 3)));
      a0 += 16;
      a1 += 16;
      a2 += 16;
      a3 += 16;
      a4 += 16;
      a5 += 16;
      a6 += 16;
      a7 += 16;
    }
    if (p < x + row) {
      const weight = v128.load_splat<f64>(p);
      s0 = f64x2.add(s0, f64x2.mul(weight, v128.load_lane<f64>(a1, v128.load_zero<f64>(a0), 1)));
      s1 = f64x2.add(s1, f64x2.mul(weight, v128.load_lane<f64>(a3, v128.load_zero<f64>(a2), 1)));
      s2 = f64x2.add(s2, f64x2.mul(weight, v128.load_lane<f64>(a5, v128.load_zero<f64>(a4), 1)));
      s3 = f64x2.add(s3, f64x2.mul(weight, v128.load_lane<f64>(a7, v128.load_zero<f64>(a6), 1)));
    }
    v128.store(y, s0);
    v128.store(y, s1, 16);
    v128.store(y, s2, 32);
    v128.store(y, s3, 48);
    y += 64;
  }
}
