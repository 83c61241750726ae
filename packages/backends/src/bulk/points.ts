import { formatShape, MasoError, type Shape, sameShape, sizeOf } from "@maso/core";
import { cast, reshape, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";

/** Points as rows: [rows, ...shape] of the only input, or [rows, size]. Throws "shape". */
export function asPoints(who: string, x: Tensor, inputs: readonly Shape[], size: number): Tensor2D {
  const own = x.shape.slice(1);
  const fits = (own.length === 1 && own[0] === size) || (inputs.length === 1 && sameShape(own, inputs[0]!));
  if (x.shape.length === 0 || !fits)
    throw new MasoError(
      "shape",
      `${who}: a tensor of shape ${formatShape(x.shape)}; [rows, ${inputs.length === 1 ? inputs[0]!.join(", ") : size}] is needed`,
    );
  return reshape(x.dtype === "float32" ? x : cast(x, "float32"), [x.shape[0]!, size]);
}

/** Rows as tensors of a shape. */
export function shaped(rows: Tensor2D, shape: Shape): Tensor {
  return reshape(rows, [(rows.shape[0] * rows.shape[1]) / sizeOf(shape), ...shape]);
}
