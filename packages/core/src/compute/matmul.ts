import type { MatmulDims } from "./compute";

/**
 * A·B with the sum over k taken in order, whatever the number of rows: a row's result does not depend on its neighbours.
 * Four rows of A against panels of four packed columns of B, sixteen sums in registers.
 */
export function matmul(a: Float64Array, b: Float64Array, { m, k, n, transposeA = false, transposeB = false }: MatmulDims): Float64Array {
  const out = new Float64Array(m * n);
  const left = transposeA ? transpose(a, k, m) : a;
  const panel = new Float64Array(k * 4);
  for (let j = 0; j < n; j += 4) {
    const width = Math.min(4, n - j);
    packColumns(b, k, n, transposeB, j, width, panel);
    let i = 0;
    for (; i + 2 <= m; i += 2) twoRows(left, i, k, panel, out, n, j, width);
    if (i < m) oneRow(left, i, k, panel, out, n, j, width);
  }
  return out;
}

function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j]!;
  return result;
}

function packColumns(b: Float64Array, k: number, n: number, transposed: boolean, from: number, width: number, panel: Float64Array): void {
  if (width < 4) panel.fill(0);
  for (let c = 0; c < width; c++)
    if (transposed) for (let p = 0, at = (from + c) * k; p < k; p++, at++) panel[p * 4 + c] = b[at]!;
    else for (let p = 0, at = from + c; p < k; p++, at += n) panel[p * 4 + c] = b[at]!;
}

function twoRows(a: Float64Array, i: number, k: number, panel: Float64Array, out: Float64Array, n: number, j: number, width: number): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  const from = i * k;
  for (let p = 0, at = 0; p < k; p++, at += 4) {
    const x = a[from + p]!;
    const y = a[from + k + p]!;
    const b0 = panel[at]!;
    const b1 = panel[at + 1]!;
    const b2 = panel[at + 2]!;
    const b3 = panel[at + 3]!;
    s0 += x * b0;
    s1 += x * b1;
    s2 += x * b2;
    s3 += x * b3;
    t0 += y * b0;
    t1 += y * b1;
    t2 += y * b2;
    t3 += y * b3;
  }
  store(out, i * n + j, width, s0, s1, s2, s3);
  store(out, (i + 1) * n + j, width, t0, t1, t2, t3);
}

function oneRow(a: Float64Array, i: number, k: number, panel: Float64Array, out: Float64Array, n: number, j: number, width: number): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let p = 0, at = 0, from = i * k; p < k; p++, at += 4) {
    const x = a[from + p]!;
    s0 += x * panel[at]!;
    s1 += x * panel[at + 1]!;
    s2 += x * panel[at + 2]!;
    s3 += x * panel[at + 3]!;
  }
  store(out, i * n + j, width, s0, s1, s2, s3);
}

function store(out: Float64Array, at: number, width: number, s0: number, s1: number, s2: number, s3: number): void {
  out[at] = s0;
  if (width > 1) out[at + 1] = s1;
  if (width > 2) out[at + 2] = s2;
  if (width > 3) out[at + 3] = s3;
}
