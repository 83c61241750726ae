import { type ConvolutionForm, type DiagonalForm, type GatherForm, type MatrixForm, sameShape, sizeOf } from "@maso/core";
import type { PlannedAffine } from "./plan";
import { zerosAround } from "./zeros-around";

/** `second` after `first` as one operator that costs no more than either, computed in float64; null where there is none. */
export function fuseAffine(first: PlannedAffine, second: PlannedAffine): PlannedAffine | null {
  if (first.form.type === "gather" && second.form.type === "convolution") return paddedConvolution(first, first.form, second, second.form);
  if ((first.form.type === "convolution" || first.form.type === "matrix") && second.form.type === "diagonal")
    return scaledOutputs(first, first.form, second, second.form);
  return null;
}

/** Zeros around an image are the convolution's own padding. */
function paddedConvolution(
  first: PlannedAffine,
  { index }: GatherForm,
  second: PlannedAffine,
  form: ConvolutionForm,
): PlannedAffine | null {
  const { geometry } = form;
  const [image] = first.inputs;
  if (first.inputs.length !== 1 || !sameShape(first.output, geometry.input) || first.bias.some((value) => value !== 0)) return null;
  const zeros = zerosAround(image!, first.output, index);
  if (zeros === null) return null;
  const padding = geometry.padding.map(([before, after], axis) => [before + zeros[axis]![0], after + zeros[axis]![1]] as const);
  const input = image as unknown as typeof geometry.input;
  return { ...second, inputs: first.inputs, form: { ...form, geometry: { ...geometry, input, padding: [padding[0]!, padding[1]!] } } };
}

/** A scale per output channel is a factor of the weights: batch norm behind a convolution costs nothing. */
function scaledOutputs(
  first: PlannedAffine,
  form: ConvolutionForm | MatrixForm,
  second: PlannedAffine,
  { scale }: DiagonalForm,
): PlannedAffine | null {
  const channels = form.type === "matrix" ? form.rows : form.geometry.output[2];
  if (channels % scale.length !== 0) return null;
  const bias = combinedBias(first.bias, scale, second.bias, sizeOf(second.output));
  const parts = { ...first, output: second.output, bias };
  if (form.type === "convolution") {
    const kernel = form.kernel.map((value, i) => value * scale[i % scale.length]!);
    return { ...parts, form: { ...form, kernel } };
  }
  const weight = form.weight.map((value, i) => value * scale[Math.floor(i / form.columns) % scale.length]!);
  return { ...parts, form: { ...form, weight } };
}

/** scale ∘ bias + shift, each repeating: as short as it can be. */
function combinedBias(bias: Float64Array, scale: Float64Array, shift: Float64Array, size: number): Float64Array {
  const longest = Math.max(bias.length, scale.length, shift.length);
  const length = [bias, scale, shift].every((part) => longest % part.length === 0) ? longest : size;
  return Float64Array.from({ length }, (_, k) => scale[k % scale.length]! * bias[k % bias.length]! + shift[k % shift.length]!);
}
