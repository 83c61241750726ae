import {
  type AffineBody,
  type ConvGeometry,
  checkShape,
  gatherEntries,
  MasoError,
  roundedUp,
  type Shape,
  type SparseVector,
  sizeOf,
} from "@maso/core";
import type { Padding, Pair } from "../params/numbers";
import { resolvePadding, windowPositions } from "../params/resolve-padding";
import type { Tensor } from "../params/tensor";
import { checkedBias, ZERO } from "./checked-bias";

export interface ConvolutionParams {
  /** [height, width, in / groups, out]. */
  readonly kernel: Tensor;
  /** 0 where absent. */
  readonly bias?: Float64Array;
  readonly strides: Pair;
  readonly padding: Padding;
  readonly dilations: Pair;
  readonly groups: number;
}

/** Cross-correlation of a channels-last image with a kernel, plus a bias per output channel. */
export function convolution(params: ConvolutionParams, image: readonly [number, number, number]): AffineBody {
  const geometry = geometryOf(params, image);
  const { data } = params.kernel;
  const absolute = (): Float64Array => data.map(Math.abs);
  const output: Shape = geometry.output;
  return {
    type: "affine",
    inputs: [image],
    output,
    bias: checkedBias(params.bias ?? ZERO, geometry.output[2]),
    form: { type: "convolution", kernel: data, geometry },
    linear: ([v], compute) => compute.convolve(v!, data, geometry),
    magnitude: ([r], compute) => compute.convolve(r!, absolute(), geometry),
    adjoint: (u, compute) => [compute.convolveAdjoint(u, data, geometry)],
    row: (k) => row(geometry, data, k),
    column: (j) => column(geometry, data, j),
    gain: (norm) => {
      const [rowSum, columnSum] = largestSums(geometry, absolute());
      const roundings = data.length + sizeOf(output);
      return roundedUp(norm === "inf" ? rowSum : norm === 1 ? columnSum : Math.sqrt(rowSum * columnSum), roundings);
    },
  };
}

function geometryOf(
  { kernel, strides, padding, dilations, groups }: ConvolutionParams,
  input: readonly [number, number, number],
): ConvGeometry {
  const [height, width, perGroup, out] = kernel.shape as readonly [number, number, number, number];
  if (perGroup * groups !== input[2])
    throw new MasoError(
      "shape",
      `expected ${input[2] / groups} input channels${groups > 1 ? ` for each of ${groups} groups` : ""}, got ${perGroup}`,
      { at: "kernel" },
    );
  if (out % groups !== 0) throw new MasoError("shape", `expected output channels in ${groups} equal groups, got ${out}`, { at: "kernel" });
  const zeros = resolvePadding(padding, [input[0], input[1]], [height, width], strides, dilations);
  const extent = (a: 0 | 1): number => windowPositions(input[a], zeros[a], kernel.shape[a]!, strides[a], dilations[a]);
  const output = [extent(0), extent(1), out] as const;
  checkShape("convolution", output);
  const padded = [0, 1].map((a) => input[a]! + zeros[a]![0] + zeros[a]![1]);
  checkShape("convolution: padded input", [...padded, input[2]]);
  return { input, output, kernel: [height, width], strides, dilations, padding: zeros, groups };
}

/** Output k: one pass over its taps. */
function row({ input, output, kernel, strides, dilations, padding, groups }: ConvGeometry, data: Float64Array, k: number): SparseVector {
  const [oy, ox, d] = [Math.floor(k / output[2] / output[1]), Math.floor(k / output[2]) % output[1], k % output[2]];
  const perIn = input[2] / groups;
  const first = Math.floor(d / (output[2] / groups)) * perIn;
  const entries: [number, number][] = [];
  for (let ky = 0; ky < kernel[0]; ky++)
    for (let kx = 0; kx < kernel[1]; kx++) {
      const y = oy * strides[0] + ky * dilations[0] - padding[0][0];
      const x = ox * strides[1] + kx * dilations[1] - padding[1][0];
      if (y < 0 || y >= input[0] || x < 0 || x >= input[1]) continue;
      for (let c = 0; c < perIn; c++)
        entries.push([(y * input[1] + x) * input[2] + first + c, data[((ky * kernel[1] + kx) * perIn + c) * output[2] + d]!]);
    }
  return gatherEntries(entries);
}

/** Input j: the output positions whose taps fall on it. */
function column({ input, output, kernel, strides, dilations, padding, groups }: ConvGeometry, data: Float64Array, j: number): SparseVector {
  const [y, x, channel] = [Math.floor(j / input[2] / input[1]), Math.floor(j / input[2]) % input[1], j % input[2]];
  const [perIn, perOut] = [input[2] / groups, output[2] / groups];
  const group = Math.floor(channel / perIn);
  const entries: [number, number][] = [];
  for (let ky = 0; ky < kernel[0]; ky++)
    for (let kx = 0; kx < kernel[1]; kx++) {
      const oy = (y + padding[0][0] - ky * dilations[0]) / strides[0];
      const ox = (x + padding[1][0] - kx * dilations[1]) / strides[1];
      if (!Number.isInteger(oy) || !Number.isInteger(ox) || oy < 0 || oy >= output[0] || ox < 0 || ox >= output[1]) continue;
      const tap = ((ky * kernel[1] + kx) * perIn + (channel % perIn)) * output[2];
      for (let d = group * perOut; d < (group + 1) * perOut; d++) entries.push([(oy * output[1] + ox) * output[2] + d, data[tap + d]!]);
    }
  return gatherEntries(entries);
}

/** Largest absolute row and column sums: whole kernels, whether or not all taps fall inside. */
function largestSums({ input, output, groups }: ConvGeometry, absolute: Float64Array): [row: number, column: number] {
  const rows = new Float64Array(output[2]);
  const columns = new Float64Array(input[2]);
  const [perIn, perOut] = [input[2] / groups, output[2] / groups];
  absolute.forEach((value, i) => {
    const d = i % output[2];
    rows[d]! += value;
    columns[Math.floor(d / perOut) * perIn + (Math.floor(i / output[2]) % perIn)]! += value;
  });
  return [Math.max(...rows), Math.max(...columns)];
}
