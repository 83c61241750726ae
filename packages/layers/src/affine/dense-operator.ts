import { type AffineBody, checkShape, MasoError, type Shape, type SparseVector, sparseVector } from "@maso/core";
import type { Tensor } from "../params/tensor";
import { checkedBias } from "./checked-bias";
import { matrixGain } from "./matrix-gain";

/** x ↦ W x + b along the last axis: weight [out, in], input [..., in], output [..., out]. */
export function denseOperator(weight: Tensor, bias: Float64Array, input: Shape): AffineBody {
  const [out, into] = weight.shape as readonly [number, number];
  const last = input.at(-1) ?? 1;
  if (last !== into) throw new MasoError("shape", `expected ${last} columns, got ${into}`, { at: "weight" });
  const output = input.length === 0 ? [out] : [...input.slice(0, -1), out];
  checkShape("dense", output);
  const { data } = weight;
  const times = (v: Float64Array, matrix: Float64Array, compute: Parameters<AffineBody["linear"]>[1]): Float64Array =>
    compute.matmul(v, matrix, { m: v.length / into, k: into, n: out, transposeB: true });
  const shifted = ({ indices, values }: SparseVector, by: number): SparseVector => ({
    indices: by === 0 ? indices : indices.map((i) => i + by),
    values,
  });
  return {
    type: "affine",
    inputs: [input],
    output,
    bias: checkedBias(bias, out),
    form: { type: "matrix", weight: data, rows: out, columns: into },
    linear: ([v], compute) => times(v!, data, compute),
    magnitude: ([r], compute) => times(r!, data.map(Math.abs), compute),
    adjoint: (u, compute) => [compute.matmul(u, data, { m: u.length / out, k: out, n: into })],
    row: (k) =>
      shifted(
        sparseVector(into, (j) => data[(k % out) * into + j]!),
        Math.floor(k / out) * into,
      ),
    column: (j) =>
      shifted(
        sparseVector(out, (k) => data[k * into + (j % into)]!),
        Math.floor(j / into) * out,
      ),
    gain: (norm) => matrixGain(weight, norm),
  };
}
