import { type AffineBody, formatShape, MasoError, type Rows, type Shape, sameShape, sizeOf, upper } from "@maso/core";

/** Σ_i coefficients[i] · input i, all of one shape. Throws "shape". */
export function combine(inputs: readonly Shape[], coefficients: readonly number[]): AffineBody {
  const shape = inputs[0]!;
  const odd = inputs.find((each) => !sameShape(each, shape));
  if (odd) throw new MasoError("shape", `inputs of shapes ${formatShape(shape)} and ${formatShape(odd)} need one shape`);
  const size = sizeOf(shape);
  const sum = (v: readonly Rows[], factors: readonly number[]): Rows => {
    const result = new Float64Array(v[0]!.length);
    v.forEach((part, i) => {
      const factor = factors[i]!;
      for (let at = 0; at < result.length; at++) result[at]! += factor * part[at]!;
    });
    return result;
  };
  const sizes = coefficients.map(Math.abs);
  const total = sizes.reduce((a, b) => a + b, 0);
  return {
    type: "affine",
    inputs,
    output: shape,
    bias: Float64Array.of(0),
    linear: (v) => sum(v, coefficients),
    magnitude: (r) => sum(r, sizes),
    adjoint: (u) => coefficients.map((factor) => (factor === 1 ? u : u.map((value) => factor * value))),
    row: (k) => ({ indices: Int32Array.from(coefficients, (_, i) => i * size + k), values: Float64Array.from(coefficients) }),
    column: (j) => ({ indices: Int32Array.of(j % size), values: Float64Array.of(coefficients[Math.floor(j / size)]!) }),
    gain: (norm) => upper(norm === "inf" ? total : norm === 1 ? Math.max(...sizes) : Math.hypot(...sizes) * (1 + 2 ** -50)),
  };
}
