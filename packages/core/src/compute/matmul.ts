import { MasoError } from "../maso-error";
import { addProduct } from "./add-product";
import type { MatmulDims } from "./compute";
import { panels, WORTH_PACKING } from "./panels";

/** A·B, row-major. Each entry is one sum over k in order, so a row's bits do not depend on the rows beside it. */
export function matmul(a: Float64Array, b: Float64Array, dims: MatmulDims): Float64Array {
  const { m, k, n, transposeA = false, transposeB = false } = dims;
  if (a.length !== m * k || b.length !== k * n)
    throw new MasoError("shape", `matmul: ${a.length} and ${b.length} values; m ${m}, k ${k} and n ${n} need ${m * k} and ${k * n}`);
  const left = transposeA ? transposed(a, k, m) : a;
  const product = new Float64Array(m * n);
  if (m < WORTH_PACKING && !transposeB) addRowsOf(b, left, product, dims);
  else
    addProduct(
      { values: product, bases: multiples(m, n), columns: multiples(n, 1) },
      { values: left, bases: multiples(m, k), runs: Int32Array.of(0), length: k },
      panels({ values: b, start: 0, rows: k, columns: n, rowStride: transposeB ? 1 : n, columnStride: transposeB ? k : 1 }, m),
    );
  return product;
}

/** A row of the product is the sum of the rows of B, in order, weighted by a row of A: B is read as it lies, four rows at a time. */
function addRowsOf(b: Float64Array, a: Float64Array, product: Float64Array, { m, k, n }: MatmulDims): void {
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

function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  if (rows === 1 || columns === 1) return a;
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j];
  return result;
}
