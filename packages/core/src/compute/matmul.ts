import { MasoError } from "../maso-error";
import { addProduct } from "./add-product";
import type { MatmulDims } from "./compute";
import { panels } from "./panels";

/** A·B, row-major. Each entry is one sum over k in order, so a row's bits do not depend on the rows beside it. */
export function matmul(a: Float64Array, b: Float64Array, dims: MatmulDims): Float64Array {
  const { m, k, n, transposeA = false, transposeB = false } = dims;
  if (a.length !== m * k || b.length !== k * n)
    throw new MasoError("shape", `matmul: ${a.length} and ${b.length} values; m ${m}, k ${k} and n ${n} need ${m * k} and ${k * n}`);
  const product = new Float64Array(m * n);
  const bases = multiples(m, k);
  addProduct(
    { values: product, bases: multiples(m, n), columns: multiples(n, 1) },
    { values: transposeA ? transposed(a, k, m) : a, bases, runs: Int32Array.of(0), length: k },
    panels({ values: b, start: 0, rows: k, columns: n, rowStride: transposeB ? 1 : n, columnStride: transposeB ? k : 1 }, m),
  );
  return product;
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
