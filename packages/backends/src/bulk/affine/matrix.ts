import type { MatrixForm } from "@maso/core";
import { fused, matMul, reshape, type Tensor2D } from "@tensorflow/tfjs-core";
import { settingsOf } from "./activation-settings";
import { addBias, disposeAll } from "./bias";
import type { BulkRule } from "./bulk-affine";

export const matrix: BulkRule<MatrixForm> = ({ weight, rows, columns }, { bias, constants }) => {
  const backward = constants.matrix(weight, rows, columns) as Tensor2D;
  const transposed = new Float64Array(weight.length);
  for (let k = 0; k < rows; k++) for (let j = 0; j < columns; j++) transposed[j * rows + k] = weight[k * columns + j]!;
  const forward = constants.matrix(transposed, columns, rows) as Tensor2D;
  const perRow = rows % bias.length === 0 && bias.some((value) => value !== 0);
  const held = perRow ? constants.floats(Float64Array.from({ length: rows }, (_, k) => bias[k % bias.length]!)) : undefined;
  const shift = perRow ? null : addBias(bias, constants);
  return {
    apply: ([v], withBias) => {
      const y = onParts(v!, columns, rows, (parts) =>
        withBias && held ? (fused.matMul({ a: parts, b: forward, bias: held }) as Tensor2D) : (matMul(parts, forward) as Tensor2D),
      );
      return withBias && shift ? shift(y) : y;
    },
    // Values of other biases are not yet there when the activation is.
    ...(!shift && {
      activated: ([v], activation) =>
        onParts(
          v!,
          columns,
          rows,
          (parts) => fused.matMul({ a: parts, b: forward, ...(held && { bias: held }), ...settingsOf(activation) }) as Tensor2D,
        ),
    }),
    adjoint: (u) => [onParts(u, rows, columns, (parts) => matMul(parts, backward) as Tensor2D)],
  };
};

/** Cuts rows into parts of `from` values, each of which becomes `to`. */
function onParts(v: Tensor2D, from: number, to: number, each: (parts: Tensor2D) => Tensor2D): Tensor2D {
  const [rows, size] = v.shape;
  const parts = reshape(v, [(rows * size) / from, from]) as Tensor2D;
  const made = each(parts);
  const result = reshape(made, [rows, (size / from) * to]) as Tensor2D;
  disposeAll(parts, made);
  return result;
}
