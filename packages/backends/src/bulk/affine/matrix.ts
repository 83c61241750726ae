import type { MatrixForm } from "@maso/core";
import { fused, matMul, type Tensor2D } from "@tensorflow/tfjs-core";
import { settingsOf } from "./activation-settings";
import { addBias, channelBias } from "./bias";
import type { BulkRule } from "./bulk-affine";
import { onParts } from "./on-parts";

export const matrix: BulkRule<MatrixForm> = ({ weight, rows, columns }, { bias, constants }) => {
  const backward = constants.matrix(weight, rows, columns) as Tensor2D;
  const transposed = new Float64Array(weight.length);
  for (let k = 0; k < rows; k++) for (let j = 0; j < columns; j++) transposed[j * rows + k] = weight[k * columns + j]!;
  const forward = constants.matrix(transposed, columns, rows) as Tensor2D;
  const own = channelBias(bias, rows);
  const held = own && { bias: constants.floats(own) };
  const shift = own ? null : addBias(bias, constants);
  return {
    apply: ([v], withBias) => {
      const y = onParts(v!, columns, (parts) =>
        withBias && held ? fused.matMul({ a: parts, b: forward, ...held }) : matMul(parts, forward),
      );
      return withBias && shift ? shift(y) : y;
    },
    // Values of other biases are not yet there when the activation is.
    ...(!shift && {
      activated: ([v], activation) =>
        onParts(v!, columns, (parts) => fused.matMul({ a: parts, b: forward, ...held, ...settingsOf(activation) })),
    }),
    adjoint: (u) => [onParts(u, rows, (parts) => matMul(parts, backward))],
  };
};
