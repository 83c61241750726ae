import { reshape, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { disposeAll } from "./dispose-all";

/** Rows cut into parts of `size` values, [parts, size], which `each` makes something new of, and laid end to end again. */
export function onParts(v: Tensor2D, size: number, each: (parts: Tensor2D) => Tensor): Tensor2D {
  const [rows, width] = v.shape;
  const perRow = width / size;
  const parts: Tensor2D = reshape(v, [rows * perRow, size]);
  const made = each(parts);
  const result: Tensor2D = reshape(made, [rows, perRow * made.shape[1]!]);
  disposeAll(parts, made);
  return result;
}
