import { type SparseForm, sizeOf } from "@maso/core";
import type { BulkRule } from "./bulk-affine";
import { sparseAffine } from "./sparse-affine";

export const sparse: BulkRule<SparseForm> = (form, { inputs, bias, constants }) => {
  const size = sizeOf(inputs[0]!);
  return sparseAffine({ ...form, columns: size / form.channels }, [size], bias, constants);
};
