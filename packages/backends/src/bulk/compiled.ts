import type { Tensor } from "@tensorflow/tfjs-core";
import type { CodeLayout } from "../codes";

/**
 * A network on a backend's tensors, float32. Points x are [rows, ...input], or [rows, all inputs' values] as core counts them; where the
 * network has several inputs, only the latter. All functions return at once and leave nothing behind but their result, which is the
 * caller's; arguments are not disposed of. They throw "shape", and "usage" once the network is disposed of.
 */
export interface Compiled {
  readonly backend: string;
  /** Where the units stand in a packed code. */
  readonly layout: CodeLayout;
  /** f(x), [rows, ...output]. */
  forward(x: Tensor): Tensor;
  /**
   * The pieces that the units select, packed: int32, [rows, layout.words]. On webgpu TensorFlow.js's own ops take integers through float32 and
   * lose bits of a word: download them, or hand them to what is made for packed codes.
   */
  encode(x: Tensor): Tensor;
  /** J[x] v: v is [rows · g, ...input], g consecutive rows for each row of x; the result [rows · g, ...output]. */
  jvp(x: Tensor, v: Tensor): Tensor;
  /** J[x]ᵀ u: u is [rows · g, ...output]; the result [rows · g, ...input]. */
  vjp(x: Tensor, u: Tensor): Tensor;
  /** All rows of A[x], the map that the code fixes: [rows, outputs, ...input]. For hard networks also the derivative. */
  templates(x: Tensor): Tensor;
  /** b[x], [rows, ...output]: f(x) = A[x] x + b[x]. */
  localBias(x: Tensor): Tensor;
  dispose(): void;
}
