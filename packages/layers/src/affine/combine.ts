import { type AffineBody, type Rows, roundedUp, type Shape, sameShape, sizeOf } from "@maso/core";
import { broadcastShape, broadcastValues } from "../params/tfjs-operands";
import { range } from "./gather-by-offsets";

/** Σ_i coefficients[i] · input i; smaller shapes repeat, their axes aligned at the end. Throws "shape". */
export function combine(inputs: readonly Shape[], coefficients: readonly number[]): AffineBody {
  const output = inputs.reduce(broadcastShape);
  const size = sizeOf(output);
  const parts = inputs.map((shape, i) => ({
    coefficient: coefficients[i]!,
    start: inputs.slice(0, i).reduce((total, each) => total + sizeOf(each), 0),
    size: sizeOf(shape),
    places: sameShape(shape, output) ? null : placesOf(shape, output),
  }));
  const sum = (v: readonly Rows[], factors: readonly number[]): Rows => {
    const result = new Float64Array((v[0]!.length / parts[0]!.size) * size);
    parts.forEach(({ places, size: own }, i) => {
      const part = v[i]!;
      const factor = factors[i]!;
      if (places === null) for (let at = 0; at < result.length; at++) result[at]! += factor * part[at]!;
      else
        for (let row = 0, at = 0; at < result.length; row++)
          for (let k = 0; k < size; k++, at++) result[at]! += factor * part[row * own + places[k]!]!;
    });
    return result;
  };
  return {
    type: "affine",
    inputs,
    output,
    bias: Float64Array.of(0),
    form: { type: "combination", coefficients, places: parts.map(({ places }) => places) },
    linear: (v) => sum(v, coefficients),
    magnitude: (r) => sum(r, coefficients.map(Math.abs)),
    adjoint: (u) =>
      parts.map(({ coefficient, places, size: own }) => {
        if (places === null) return coefficient === 1 ? u : u.map((value) => coefficient * value);
        const result = new Float64Array((u.length / size) * own);
        for (let row = 0, at = 0; at < u.length; row++)
          for (let k = 0; k < size; k++, at++) result[row * own + places[k]!]! += coefficient * u[at]!;
        return result;
      }),
    row: (k) => ({
      indices: Int32Array.from(parts, ({ start, places }) => start + (places === null ? k : places[k]!)),
      values: Float64Array.from(coefficients),
    }),
    column: (j) => {
      const { coefficient, start, places } = parts.filter((part) => part.start <= j).at(-1)!;
      const rows = places === null ? [j - start] : range(size).filter((k) => places[k] === j - start);
      return { indices: Int32Array.from(rows), values: new Float64Array(rows.length).fill(coefficient) };
    },
    gain: (norm) => {
      const sizes = parts.map(({ coefficient, size: own }) => ({ each: Math.abs(coefficient), copies: size / own }));
      if (norm === "inf")
        return roundedUp(
          sizes.reduce((total, { each }) => total + each, 0),
          inputs.length,
        );
      if (norm === 1) return roundedUp(Math.max(...sizes.map(({ each, copies }) => each * copies)), 1);
      return roundedUp(Math.sqrt(sizes.reduce((total, { each, copies }) => total + each * each * copies, 0)), inputs.length + 2);
    },
  };
}

/** The place that each output reads of a smaller shape. */
function placesOf(shape: Shape, output: Shape): Int32Array {
  const own = broadcastValues({ shape, data: Float64Array.from(range(sizeOf(shape))) }, output);
  return Int32Array.from(range(sizeOf(output)), (k) => own[k % own.length]!);
}
