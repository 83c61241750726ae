/**
 * sums[i, j] = Σ_p a_i[p]·B[p, j] for four rows of A by a panel of four columns: eight pairs of sums, which the registers hold.
 * Row i is read in runs: a_i[r·length + t] lies at value runs[r] + t from a_i.
 */
export function sumBlock(
  sums: usize,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  runs: usize,
  runCount: i32,
  length: i32,
  panel: usize,
): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  for (let r = 0; r < runCount; r++) {
    const first = (<usize>load<i32>(runs + ((<usize>r) << 2))) << 3;
    let p0 = a0 + first;
    let p1 = a1 + first;
    let p2 = a2 + first;
    let p3 = a3 + first;
    for (const end = p0 + ((<usize>length) << 3); p0 < end; ) {
      const b0 = v128.load(panel);
      const b1 = v128.load(panel, 16);
      let x = v128.load_splat<f64>(p0);
      s0 = f64x2.add(s0, f64x2.mul(x, b0));
      t0 = f64x2.add(t0, f64x2.mul(x, b1));
      x = v128.load_splat<f64>(p1);
      s1 = f64x2.add(s1, f64x2.mul(x, b0));
      t1 = f64x2.add(t1, f64x2.mul(x, b1));
      x = v128.load_splat<f64>(p2);
      s2 = f64x2.add(s2, f64x2.mul(x, b0));
      t2 = f64x2.add(t2, f64x2.mul(x, b1));
      x = v128.load_splat<f64>(p3);
      s3 = f64x2.add(s3, f64x2.mul(x, b0));
      t3 = f64x2.add(t3, f64x2.mul(x, b1));
      p0 += 8;
      p1 += 8;
      p2 += 8;
      p3 += 8;
      panel += 32;
    }
  }
  v128.store(sums, s0);
  v128.store(sums, t0, 16);
  v128.store(sums, s1, 32);
  v128.store(sums, t1, 48);
  v128.store(sums, s2, 64);
  v128.store(sums, t2, 80);
  v128.store(sums, s3, 96);
  v128.store(sums, t3, 112);
}
