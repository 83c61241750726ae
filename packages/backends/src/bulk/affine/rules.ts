import type { AffineForm } from "@maso/core";
import type { BulkAffine, BulkContext, BulkRule } from "./bulk-affine";
import { combination } from "./combination";
import { convolution } from "./convolution";
import { diagonal } from "./diagonal";
import { gather } from "./gather";
import { matrix } from "./matrix";
import { repeated } from "./repeated";
import { same } from "./same";
import { sparse } from "./sparse";
import { transposedConvolution } from "./transposed-convolution";

/** One rule for every form: the compiler checks that none is missing. */
const rules: { readonly [Type in AffineForm["type"]]: BulkRule<Extract<AffineForm, { readonly type: Type }>> } = {
  same,
  gather,
  matrix,
  diagonal,
  sparse,
  combination,
  convolution,
  "transposed-convolution": transposedConvolution,
  repeated,
};

/** The kernels of an operator's form. */
export function bulkForm(form: AffineForm, context: Omit<BulkContext, "bulk">): BulkAffine {
  const rule = rules[form.type] as BulkRule;
  return rule(form, { ...context, bulk: (inner, parts) => bulkForm(inner, { ...context, ...parts }) });
}
