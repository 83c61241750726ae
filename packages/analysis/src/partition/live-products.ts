import type { AffineOperator, Compute } from "@maso/core";
import { chosenColumns, worthChoosing } from "@maso/core/compute";

/** A·v for rows v of an operator's inputs, of which those columns are left out that are 0 in all rows. The same bits as `linear`. */
export function liveLinear(op: AffineOperator, parts: readonly Float64Array[], rows: number, compute: Compute): Float64Array {
  const { form } = op;
  const [x] = parts;
  if (form?.type !== "matrix" || x === undefined || form.columns * rows !== x.length) return op.linear(parts, compute);
  const live = worthChoosing(x, form.columns);
  if (live === null) return op.linear(parts, compute);
  const dims = { m: rows, k: live.length, n: form.rows, transposeB: true };
  return compute.matmul(chosenColumns(x, form.columns, live), chosenColumns(form.weight, form.columns, live), dims);
}
