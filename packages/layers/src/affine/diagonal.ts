import { type AffineBody, MasoError, type Rows, type Shape, type SparseVector, sizeOf, upper } from "@maso/core";

/** x ↦ scale ∘ x + shift, each one value, one per channel (the last axis) or one per value: value k uses scale[k % length]. */
export function diagonal(shape: Shape, scale: Float64Array, shift: Float64Array): AffineBody {
  const size = sizeOf(shape);
  for (const [at, part] of [
    ["scale", scale],
    ["shift", shift],
  ] as const)
    if (![1, shape.at(-1) ?? 1, size].includes(part.length))
      throw new MasoError("shape", `expected 1, ${shape.at(-1) ?? 1} or ${size} values, got ${part.length}`, { at });
  const times = (v: Rows, factors: Float64Array): Rows => {
    const result = new Float64Array(v.length);
    for (let i = 0; i < v.length; ) for (let k = 0; k < factors.length; k++, i++) result[i] = factors[k]! * v[i]!;
    return result;
  };
  const entry = (k: number): SparseVector => {
    const value = scale[k % scale.length]!;
    return value === 0
      ? { indices: new Int32Array(0), values: new Float64Array(0) }
      : { indices: Int32Array.of(k), values: Float64Array.of(value) };
  };
  return {
    type: "affine",
    inputs: [shape],
    output: shape,
    bias: shift,
    form: { type: "diagonal", scale },
    linear: ([v]) => times(v!, scale),
    adjoint: (u) => [times(u, scale)],
    magnitude: ([r]) => times(r!, scale.map(Math.abs)),
    row: entry,
    column: entry,
    gain: () => upper(scale.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
  };
}
