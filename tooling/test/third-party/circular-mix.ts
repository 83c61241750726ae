import { MasoError, type SparseVector, sizeOf } from "@maso/core";
import { definePlugin, real, whole } from "@maso/layers";
import { strictObject } from "valibot";

/** y_k = x_k + weight · x_(k + shift mod n): an affine layer that brings its own action, adjoint, rows and columns. */
export const circularMix = definePlugin({
  kind: "circular-mix",
  params: strictObject({ shift: whole(1), weight: real }),
  build: ({ shift, weight }, [shape]) => {
    const n = sizeOf(shape!);
    if (shift >= n) throw new MasoError("params", `expected less than ${n}, got ${shift}`, { at: "shift" });
    const mix = (v: Float64Array, by: number): Float64Array =>
      v.map((value, i) => value + weight * v[i - (i % n) + (((i % n) + by + n) % n)]!);
    const entries = (k: number, by: number): SparseVector => {
      const other = (k + by + n) % n;
      const [first, second] = k < other ? [k, other] : [other, k];
      return { indices: Int32Array.of(first, second), values: Float64Array.of(first === k ? 1 : weight, first === k ? weight : 1) };
    };
    return {
      type: "affine",
      inputs: [shape!],
      output: shape!,
      bias: Float64Array.of(0),
      linear: ([v]) => mix(v!, shift),
      adjoint: (u) => [mix(u, -shift)],
      row: (k) => entries(k, shift),
      column: (j) => entries(j, -shift),
    };
  },
  tfjs: { layers: { CircularMix: ({ config }) => ({ shift: Number(config.shift), weight: Number(config.weight) }) } },
});
