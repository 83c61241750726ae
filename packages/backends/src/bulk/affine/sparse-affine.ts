import type { Constants } from "../constants";
import { withBiasAdded } from "./bias";
import type { BulkAffine } from "./bulk-affine";
import { cut, join } from "./join";
import { type SparseMatrix, sparseProduct, transposed } from "./sparse-product";

/** A sparse matrix, plus a bias, on inputs of these sizes laid end to end. */
export function sparseAffine(matrix: SparseMatrix, sizes: readonly number[], bias: Float64Array, constants: Constants): BulkAffine {
  const [forward, backward] = [sparseProduct(matrix, constants), sparseProduct(transposed(matrix), constants)];
  return {
    apply: withBiasAdded(
      (v) => {
        if (v.length === 1) return forward(v[0]!);
        const joined = join(v, 1);
        const result = forward(joined);
        joined.dispose();
        return result;
      },
      bias,
      constants,
    ),
    adjoint: (u) => {
      const back = backward(u);
      if (sizes.length === 1) return [back];
      const parts = cut(back, sizes, 1);
      back.dispose();
      return parts;
    },
  };
}
