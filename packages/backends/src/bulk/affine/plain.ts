import { type AffineOperator, MasoError, plainCompute, type Rows, type SparseVector, sizeOf, totalSize } from "@maso/core";
import { type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { withBiasAdded } from "./bias";
import type { BulkAffine, BulkContext } from "./bulk-affine";
import { sparseAffine } from "./sparse-affine";
import type { SparseMatrix } from "./sparse-product";

/** Entries of a matrix that a GPU is asked to hold. */
const MOST_ENTRIES = 2 ** 24;

/**
 * An operator that says nothing of its form runs its own float64 version on downloaded values. From a GPU values cannot be had without
 * waiting: there its rows make a sparse matrix. Throws "unsupported" where that is too large.
 */
export function plainAffine(op: AffineOperator, { constants, backend }: Omit<BulkContext, "bulk">): BulkAffine {
  if (backend === "webgpu") return sparseAffine(rowsOf(op), op.inputs.map(sizeOf), op.bias, constants);
  const upload = (values: Rows, size: number): Tensor2D => tensor2d(Float32Array.from(values), [values.length / size, size]);
  return {
    apply: withBiasAdded((v) => upload(op.linear(v.map(download), plainCompute), sizeOf(op.output)), op.bias, constants),
    adjoint: (u) => op.adjoint(download(u), plainCompute).map((part, i) => upload(part, sizeOf(op.inputs[i]!))),
  };
}

function download(v: Tensor2D): Rows {
  return Float64Array.from(v.dataSync<"float32">());
}

/** Throws "unsupported". */
function rowsOf(op: AffineOperator): SparseMatrix {
  const rows: SparseVector[] = [];
  let entries = 0;
  for (let k = 0; k < sizeOf(op.output); k++) {
    const row = op.row(k);
    entries += row.indices.length;
    if (entries > MOST_ENTRIES)
      throw new MasoError(
        "unsupported",
        `${op.kind}: its rows have more than 2^24 entries; on webgpu it needs a form, or a kernel of its own`,
      );
    rows.push(row);
  }
  const rowStart = new Int32Array(rows.length + 1);
  const indices = new Int32Array(entries);
  const values = new Float64Array(entries);
  rows.forEach((row, k) => {
    indices.set(row.indices, rowStart[k]!);
    values.set(row.values, rowStart[k]!);
    rowStart[k + 1] = rowStart[k]! + row.indices.length;
  });
  return { rowStart, indices, values, columns: totalSize(op.inputs), channels: 1 };
}
