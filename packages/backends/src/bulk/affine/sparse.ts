import { type SparseForm, sizeOf } from "@maso/core";
import { withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { sparseProduct, transposed } from "./sparse-product";

export const sparse: BulkRule<SparseForm> = (form, { inputs, bias, constants }) => {
  const matrix = { ...form, columns: sizeOf(inputs[0]!) / form.channels };
  const [forward, backward] = [sparseProduct(matrix, constants), sparseProduct(transposed(matrix), constants)];
  return { apply: withBiasAdded(([v]) => forward(v!), bias, constants), adjoint: (u) => [backward(u)] };
};
