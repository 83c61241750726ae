import { type ComputeOptions, derivative, localMap, type Network, outputShape, type Rows, type Shape, sizeOf } from "@maso/core";
import { chosenRows } from "./chosen-rows";

/** One row of A[x], the matched filter behind an output at one input: value = weights · x + bias. */
export interface Template {
  /** The row of x. */
  readonly row: number;
  /** The output, counted through the flattened output. */
  readonly output: number;
  /** All inputs laid end to end. */
  readonly weights: Float64Array;
  /** The same weights in the shape of each input. */
  readonly inputs: readonly { readonly name: string; readonly shape: Shape; readonly weights: Float64Array }[];
  /** b[x]; null of a derivative, which has none. */
  readonly bias: number | null;
  /** f(x). */
  readonly value: number;
  /** "derivative": the row of the Jacobian, which for soft networks is not that of the local map. */
  readonly of: "local-map" | "derivative";
}

export interface TemplateOptions extends ComputeOptions {
  /** Which outputs. All where absent and affordable. */
  readonly rows?: readonly number[];
  /** "local-map" where absent. */
  readonly of?: Template["of"];
}

/**
 * The templates of the chosen outputs at each row of x, row by row: one forward pass and one adjoint pass an output.
 * Throws "params" for an output that is not there, "too-large" where all outputs would not fit.
 *
 * ```ts
 * const [why] = templates(network, image, { rows: [7] });
 * ```
 */
export function templates(network: Network, x: Rows, options: TemplateOptions = {}): Template[] {
  const outputs = sizeOf(outputShape(network));
  const rows = chosenRows("templates", outputs, x.length, options.rows);
  const map = options.of === "derivative" ? derivative(network, x, options) : localMap(network, x, options);
  const unit = new Float64Array(map.rows * rows.length * outputs);
  for (let i = 0; i < map.rows * rows.length; i++) unit[i * outputs + rows[i % rows.length]!] = 1;
  const weights = map.adjoint(unit);
  const bias = map.type === "local-map" ? map.bias() : null;
  const size = x.length / map.rows;
  return Array.from({ length: map.rows * rows.length }, (_, i) => {
    const row = Math.floor(i / rows.length);
    const output = rows[i % rows.length]!;
    const own = weights.subarray(i * size, (i + 1) * size);
    const at = row * outputs + output;
    return { row, output, weights: own, inputs: byInput(network, own), bias: bias && bias[at]!, value: map.values[at]!, of: map.type };
  });
}

function byInput({ inputs, inputNames }: Network, weights: Float64Array): Template["inputs"] {
  let offset = 0;
  return inputs.map((shape, i) => {
    const part = { name: inputNames[i]!, shape, weights: weights.subarray(offset, offset + sizeOf(shape)) };
    offset += sizeOf(shape);
    return part;
  });
}
