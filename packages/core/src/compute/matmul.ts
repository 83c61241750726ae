import { addProduct } from "./add-product";
import { checkProduct } from "./check-product";
import type { MatmulDims } from "./compute";
import { panels } from "./panels";
import { transposed } from "./transposed";

/** The number of rows from which on packing B gains more than it costs. */
const WORTH_PACKING = 6;

/** A·B, row-major. Each entry is one sum over k in order, so a row's bits do not depend on the rows beside it. */
export function matmul(a: Float64Array, b: Float64Array, dims: MatmulDims): Float64Array {
  checkProduct(a, b, dims);
  const { m, k, n, transposeA = false, transposeB = false } = dims;
  const left = transposeA ? transposed(a, k, m) : a;
  const product = new Float64Array(m * n);
  if (m >= WORTH_PACKING)
    addProduct(
      { values: product, bases: multiples(m, n), columns: multiples(n, 1) },
      { values: left, bases: multiples(m, k), runs: Int32Array.of(0), length: k },
      panels({ values: b, start: 0, rows: k, columns: n, rowStride: transposeB ? 1 : n, columnStride: transposeB ? k : 1 }),
    );
  else if (transposeB) multiplyRows(left, b, product, dims);
  else addRows(left, b, product, dims);
  return product;
}

/** Rows of A times rows of B, four of them at a time. */
function multiplyRows(a: Float64Array, b: Float64Array, product: Float64Array, { m, k, n }: MatmulDims): void {
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j += 4) {
      // Past the end the last row of B is read again and its sum is not stored.
      const row = i * k;
      const b0 = j * k;
      const b1 = Math.min(j + 1, n - 1) * k;
      const b2 = Math.min(j + 2, n - 1) * k;
      const b3 = Math.min(j + 3, n - 1) * k;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let p = 0; p < k; p = (p + 1) | 0) {
        const x = a[(row + p) | 0];
        s0 += x * b[(b0 + p) | 0];
        s1 += x * b[(b1 + p) | 0];
        s2 += x * b[(b2 + p) | 0];
        s3 += x * b[(b3 + p) | 0];
      }
      const at = i * n + j;
      product[at] = s0;
      if (j + 1 < n) product[at + 1] = s1;
      if (j + 2 < n) product[at + 2] = s2;
      if (j + 3 < n) product[at + 3] = s3;
    }
}

/** Rows of B, weighted by a row of A, added up in order, four at a time: B is read as it lies. */
function addRows(a: Float64Array, b: Float64Array, product: Float64Array, { m, k, n }: MatmulDims): void {
  const inFours = k - (k % 4);
  for (let i = 0; i < m; i++) {
    const at = i * n;
    for (let p = 0; p < inFours; p += 4) {
      const x0 = a[i * k + p];
      const x1 = a[i * k + p + 1];
      const x2 = a[i * k + p + 2];
      const x3 = a[i * k + p + 3];
      const b0 = p * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j = (j + 1) | 0) {
        const two = product[(at + j) | 0] + x0 * b[(b0 + j) | 0] + x1 * b[(b1 + j) | 0];
        product[(at + j) | 0] = two + x2 * b[(b2 + j) | 0] + x3 * b[(b3 + j) | 0];
      }
    }
    for (let p = inFours; p < k; p++) {
      const x = a[i * k + p];
      for (let j = 0; j < n; j++) product[at + j] += x * b[p * n + j];
    }
  }
}

/** 0, step, 2·step, ... */
function multiples(count: number, step: number): Int32Array {
  const result = new Int32Array(count);
  for (let i = 0; i < count; i++) result[i] = i * step;
  return result;
}
