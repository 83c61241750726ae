import type { AffineOperator, Compute } from "@maso/core";
import { liveProduct } from "@maso/core/compute";

/** A·v for rows v of an operator's inputs, of which those columns are left out that are 0 in all rows. The same bits as `linear`. */
export function liveLinear(op: AffineOperator, parts: readonly Float64Array[], rows: number, compute: Compute): Float64Array {
  const { form } = op;
  const [x] = parts;
  if (form?.type !== "matrix" || x === undefined || form.columns * rows !== x.length) return op.linear(parts, compute);
  return liveProduct(compute.matmul, x, form.weight, { m: rows, k: form.columns, n: form.rows });
}
