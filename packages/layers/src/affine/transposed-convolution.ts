import { type AffineBody, type ConvolutionForm, checkShape, MasoError } from "@maso/core";
import type { Pair } from "../params/numbers";
import { checkedBias, ZERO } from "./checked-bias";
import { type ConvolutionParams, convolution } from "./convolution";

export interface TransposedConvolutionParams extends ConvolutionParams {
  /** [height, width, out / groups, in]: that of the convolution from the output to the input. */
  readonly kernel: ConvolutionParams["kernel"];
  /** Height and width of the output; see `outputExtent` where absent. */
  readonly outputSize?: Pair;
}

/** The adjoint of a convolution, plus a bias: Aᵀ x + b, where A maps images of the output's shape to images of the input's. */
export function transposedConvolution(params: TransposedConvolutionParams, input: readonly [number, number, number]): AffineBody {
  const { kernel, strides, groups, outputSize, bias = ZERO } = params;
  const [, , perGroup, into] = kernel.shape as readonly [number, number, number, number];
  if (into !== input[2]) throw new MasoError("shape", `expected ${input[2]} input channels, got ${into}`, { at: "kernel" });
  if (into % groups !== 0) throw new MasoError("shape", `expected input channels in ${groups} equal groups, got ${into}`, { at: "kernel" });
  const size = outputSize ?? ([outputExtent(params, input[0], 0), outputExtent(params, input[1], 1)] as const);
  const output = [...size, perGroup * groups] as const;
  checkShape("transposed convolution", output);
  const forwards = convolution({ ...params, bias: undefined }, output);
  if (forwards.output[0] !== input[0] || forwards.output[1] !== input[1])
    throw new MasoError(
      "shape",
      `an output of ${size.join(" × ")} with strides ${strides.join(", ")} belongs to an input of ${forwards.output[0]} × ${forwards.output[1]}, not ${input[0]} × ${input[1]}`,
      { at: outputSize ? "outputSize" : "padding" },
    );
  const absolute = (): AffineBody =>
    convolution({ ...params, bias: undefined, kernel: { ...kernel, data: kernel.data.map(Math.abs) } }, output);
  return {
    type: "affine",
    inputs: [input],
    output,
    bias: checkedBias(bias, output[2]),
    form: { ...(forwards.form as ConvolutionForm), type: "transposed-convolution" },
    linear: ([v], compute) => forwards.adjoint(v!, compute)[0]!,
    magnitude: ([r], compute) => absolute().adjoint(r!, compute)[0]!,
    adjoint: (u, compute) => [forwards.linear([u], compute)],
    row: (k) => forwards.column(k),
    column: (j) => forwards.row(j),
    gain: (norm) => forwards.gain!(norm === 1 ? "inf" : norm === "inf" ? 1 : 2),
  };
}

/** Keras: input · stride with "same"; the least extent whose windows are that many, and no pixel fewer than input · stride, with "valid". */
function outputExtent({ kernel, strides, padding, dilations }: TransposedConvolutionParams, input: number, a: 0 | 1): number {
  const reach = (kernel.shape[a]! - 1) * dilations[a] + 1;
  if (padding === "same") return input * strides[a];
  if (padding === "valid") return input * strides[a] + Math.max(reach - strides[a], 0);
  return (input - 1) * strides[a] + reach - padding[a][0] - padding[a][1];
}
