import { type CombinationForm, sizeOf } from "@maso/core";
import { add, mul, neg, sub, type Tensor2D } from "@tensorflow/tfjs-core";
import { alias } from "./alias";
import { withBiasAdded } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { disposeAll } from "./dispose-all";
import { gatherMatrix, sparseProduct, transposed } from "./sparse-product";

/** A weighted sum; inputs of smaller shapes are spread by a sparse product first. */
export const combination: BulkRule<CombinationForm> = ({ coefficients, places }, { inputs, bias, constants }) => {
  const parts = places.map((place, i) => {
    if (place === null) return { spread: alias<Tensor2D>, gather: alias<Tensor2D> };
    const matrix = gatherMatrix(place, sizeOf(inputs[i]!));
    return { spread: sparseProduct(matrix, constants), gather: sparseProduct(transposed(matrix), constants) };
  });
  const linear = (v: readonly Tensor2D[]): Tensor2D =>
    v.map((each, i) => ({ value: parts[i]!.spread(each), coefficient: coefficients[i]! })).reduce(sum).value;
  const first = coefficients[0]!;
  return {
    apply: withBiasAdded(
      (v) => {
        const result = linear(v);
        return v.length === 1 ? scaled(result, first) : result;
      },
      bias,
      constants,
    ),
    adjoint: (u) => parts.map(({ gather }, i) => scaled(gather(u), coefficients[i]!)),
  };
};

interface Term {
  readonly value: Tensor2D;
  readonly coefficient: number;
}

/** Both terms together, with coefficient 1; they are disposed of. */
function sum(a: Term, b: Term): Term {
  const left = scaled(a.value, a.coefficient);
  const right = b.coefficient === -1 ? b.value : scaled(b.value, b.coefficient);
  const value = (b.coefficient === -1 ? sub(left, right) : add(left, right)) as Tensor2D;
  disposeAll(left, right);
  return { value, coefficient: 1 };
}

/** The product in place of v, which is disposed of where it is another. */
function scaled(v: Tensor2D, by: number): Tensor2D {
  if (by === 1) return v;
  const result = by === -1 ? neg(v) : (mul(v, by) as Tensor2D);
  v.dispose();
  return result;
}
