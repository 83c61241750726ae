import type { MatmulDims } from "../compute/compute";

/** The oracle: A·B by its definition. */
export function naiveMatmul(a: Float64Array, b: Float64Array, { m, k, n, transposeA, transposeB }: MatmulDims): Float64Array {
  const product = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++)
      for (let p = 0; p < k; p++) product[i * n + j] += a[transposeA ? p * m + i : i * k + p] * b[transposeB ? j * k + p : p * n + j];
  return product;
}
