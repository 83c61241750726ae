import type { AffineForm, AffineOperator } from "@maso/core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import type { BackendName } from "../kernels/register-kernels";
import type { Activation } from "../quantizer/activation-of";

/** An affine operator on tensors of rows: each input is [rows, size]. Results are new tensors, though they may share their values. */
export interface BulkAffine {
  /** A v, plus b where withBias. */
  apply(v: readonly Tensor2D[], withBias: boolean): Tensor2D;
  /** Aᵀ u, one tensor per input. */
  adjoint(u: Tensor2D): readonly Tensor2D[];
  /** An activation of A v + b in the same kernel, where there is one. */
  activated?(v: readonly Tensor2D[], activation: Activation): Tensor2D;
}

/** What is made into kernels: an operator, or several that `compile` has made one. */
export type AffineParts = Pick<AffineOperator, "inputs" | "output" | "bias">;

export interface BulkContext extends AffineParts {
  readonly constants: Constants;
  readonly backend: BackendName;
  /** Another form's kernels, for forms that are made of others. */
  bulk(form: AffineForm, parts: AffineParts): BulkAffine;
}

/** How a form runs in bulk. */
export type BulkRule<Form extends AffineForm = AffineForm> = (form: Form, context: BulkContext) => BulkAffine;
