import { optional, strictObject } from "valibot";
import { ZERO } from "../affine/checked-bias";
import { denseOperator } from "../affine/dense-operator";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { vector } from "../params/numbers";
import { type Tensor, tensor } from "../params/tensor";

/** x ↦ W x + b along the last axis; weight [out][in]. */
export const dense = definePlugin({
  kind: "dense",
  params: strictObject({ weight: tensor(2), bias: optional(vector) }),
  build: ({ weight, bias }, inputs) => denseOperator(weight, bias ?? ZERO, oneInput(inputs)),
  tfjs: {
    layers: {
      Dense: ({ config, weights }) => ({ weight: transposed(weights.kernel), bias: config.use_bias === false ? undefined : weights.bias }),
    },
  },
});

/** tfjs kernels are [in, out]. */
function transposed({ shape, data }: Tensor): Tensor {
  const [rows, columns] = shape as readonly [number, number];
  const result = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = data[i * columns + j]!;
  return { shape: [columns, rows], data: result };
}
