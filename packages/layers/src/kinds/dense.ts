import { optional, strictObject } from "valibot";
import { ZERO } from "../affine/checked-bias";
import { denseOperator } from "../affine/dense-operator";
import { type Chain, definePlugin, type Refusal } from "../define-plugin";
import { configBias, configExtent, configWeight } from "../params/config-weights";
import { type Fused, fusedActivation } from "../params/fused-activation";
import { oneInput } from "../params/image-shape";
import { matrixProduct } from "../params/matrix-product";
import { vector } from "../params/numbers";
import { type Tensor, tensor } from "../params/tensor";
import type { TfjsNode } from "../tfjs-node";

/** x ↦ W x + b along the last axis; weight [out][in]. */
export const dense = definePlugin({
  kind: "dense",
  params: strictObject({ weight: tensor(2), bias: optional(vector) }),
  build: ({ weight, bias }, inputs) => denseOperator(weight, bias ?? ZERO, oneInput(inputs)),
  tfjs: {
    layers: {
      Dense: (layer) => {
        const units = configExtent(layer, "units");
        return { weight: transposed(configWeight(layer, "kernel", [null, units])), bias: configBias(layer, units) };
      },
    },
    ops: {
      MatMul: (node) => product(node, "transpose_a", "transpose_b"),
      BatchMatMul: (node) => product(node, "adj_x", "adj_y"),
      BatchMatMulV2: (node) => product(node, "adj_x", "adj_y"),
      _FusedMatMul: (node) => product(node, "transpose_a", "transpose_b", fusedActivation(node)),
    },
  },
});

function product(node: TfjsNode, transposeA: string, transposeB: string, fused?: Fused): Chain | Refusal {
  return matrixProduct(node, node.attributes.flag(transposeA, false), node.attributes.flag(transposeB, false), fused);
}

/** tfjs kernels are [in, out]. */
function transposed({ shape, data }: Tensor): Tensor {
  const [rows, columns] = shape as readonly [number, number];
  const result = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = data[i * columns + j]!;
  return { shape: [columns, rows], data: result };
}
