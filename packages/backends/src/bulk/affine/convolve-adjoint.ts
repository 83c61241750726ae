import type { ConvGeometry } from "@maso/core";
import {
  concat,
  conv2d,
  depthwiseConv2d,
  reshape,
  slice,
  split,
  sum,
  type Tensor2D,
  type Tensor4D,
  transpose,
} from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import { alias } from "./alias";
import { disposeAll } from "./dispose-all";
import { fewChannelsAdjoint, hasFewChannels } from "./few-channels-adjoint";
import { asImages, asRows } from "./images";
import { denseKernel, groupKernel } from "./kernel-arrays";

/**
 * The adjoint of a convolution by forward convolutions, which are fast on every backend: with input row y = s·q + p − top (phase p < s) and
 * tap p + s·j, in[y] = Σ_j u[q − j]·kernel[p + s·j], a convolution of stride 1 over u for each phase. All phases are channels of one
 * convolution, which are laid between each other afterwards. Taps that a phase lacks are zeros.
 */
export function convolveAdjoint(kernel: Float64Array, geometry: ConvGeometry, constants: Constants): (u: Tensor2D) => Tensor2D {
  if (hasFewChannels(geometry)) return fewChannelsAdjoint(kernel, geometry, constants);
  const { input, output, groups, strides } = geometry;
  const [perIn, perOut] = [input[2] / groups, output[2] / groups];
  const dense = denseKernel(kernel, geometry, [strides[0] > 1, strides[1] > 1]);
  const axes = [axisOf(0), axisOf(1)] as const;
  const taps = [axes[0].taps, axes[1].taps] as const;
  const phases = strides[0] * strides[1];
  const depthwise = groups > 1 && perIn === 1;

  const settings = {
    pad: [[0, 0], axes[0].pad, axes[1].pad, [0, 0]] as [[number, number], [number, number], [number, number], [number, number]],
    dilations: [...dense.dilations] as [number, number],
  };
  const convolve = (x: Tensor4D, filter: Tensor4D): Tensor4D => conv2d(x, filter, 1, settings.pad, "NHWC", settings.dilations);
  let run: (u: Tensor4D) => Tensor4D;
  if (depthwise) {
    const filter = constants.filter(depthwiseFilter(), [...taps, output[2], phases]) as Tensor4D;
    run = (u) => {
      const made = depthwiseConv2d(u, filter, 1, settings.pad, "NHWC", settings.dilations);
      const summed = perOut === 1 ? made : summedOver(made, input[2], perOut, phases);
      return interleaved(summed, "channels first");
    };
  } else if (groups > 1) {
    const filters = Array.from(
      { length: groups },
      (_, g) =>
        constants.filter(filterOf(groupKernel(dense.data, output[2], g, perOut), perIn, perOut), [
          ...taps,
          perOut,
          phases * perIn,
        ]) as Tensor4D,
    );
    run = (u) => {
      const parts = split(u, groups, 3);
      const made = parts.map((part, g) => interleaved(convolve(part as Tensor4D, filters[g]!), "phases first"));
      const joined = concat(made, 3);
      disposeAll(...parts, ...made);
      return joined;
    };
  } else {
    const filter = constants.filter(filterOf(dense.data, perIn, perOut), [...taps, output[2], phases * input[2]]) as Tensor4D;
    run = (u) => interleaved(convolve(u, filter), "phases first");
  }

  return (u) => {
    const images = asImages(u, output);
    const cropped = crop(images, [axes[0].from, axes[1].from], [axes[0].kept, axes[1].kept]);
    const made = run(cropped);
    const image = crop(made, [axes[0].skip, axes[1].skip], [input[0], input[1]]);
    const result = asRows(image);
    disposeAll(images, cropped, made, image);
    return result;
  };

  /** Along an axis: taps of a phase, zeros around u (or values cut off it), and values to skip at the start of the result. */
  function axisOf(axis: 0 | 1): { taps: number; pad: [number, number]; from: number; kept: number; skip: number; count: number } {
    const [stride, top] = [strides[axis], geometry.padding[axis][0]];
    const count = Math.ceil(dense.kernel[axis] / stride);
    const reach = (count - 1) * dense.dilations[axis];
    const first = Math.floor(top / stride);
    const last = Math.floor((input[axis] - 1 + top) / stride);
    const [before, after] = [reach - first, last - (output[axis] - 1)];
    const from = Math.max(0, -before);
    return {
      taps: count,
      pad: [Math.max(0, before), Math.max(0, after)],
      from,
      kept: output[axis] - from - Math.max(0, -after),
      skip: top - stride * first,
      count: last - first + 1,
    };
  }

  /** [taps, taps, perOut, phases · perIn], phases first. */
  function filterOf(data: Float64Array, channels: number, outputs: number): Float64Array {
    const result = new Float64Array(taps[0] * taps[1] * outputs * phases * channels);
    eachTap((at, tap, phase) => {
      for (let c = 0; c < channels; c++)
        for (let d = 0; d < outputs; d++)
          result[(at * outputs + d) * phases * channels + phase * channels + c] = data[(tap * channels + c) * outputs + d]!;
    });
    return result;
  }

  /** [taps, taps, outputs, phases]: each output channel by itself. */
  function depthwiseFilter(): Float64Array {
    const result = new Float64Array(taps[0] * taps[1] * output[2] * phases);
    eachTap((at, tap, phase) => {
      for (let d = 0; d < output[2]; d++) result[(at * output[2] + d) * phases + phase] = dense.data[tap * output[2] + d]!;
    });
    return result;
  }

  /** Calls `each` with a place of the new kernel, the tap that stands there, and its phase. */
  function eachTap(each: (at: number, tap: number, phase: number) => void): void {
    for (let p = 0; p < strides[0]; p++)
      for (let q = 0; q < strides[1]; q++)
        for (let i = 0; i < taps[0]; i++)
          for (let j = 0; j < taps[1]; j++) {
            const [y, x] = [p + strides[0] * (taps[0] - 1 - i), q + strides[1] * (taps[1] - 1 - j)];
            if (y < dense.kernel[0] && x < dense.kernel[1]) each(i * taps[1] + j, y * dense.kernel[1] + x, p * strides[1] + q);
          }
  }

  /** Channels that hold phases laid out as pixels; `x` is disposed of. */
  function interleaved(x: Tensor4D, order: "phases first" | "channels first"): Tensor4D {
    if (phases === 1) return x;
    const [rows, height, width, all] = x.shape;
    const channels = all / phases;
    const [sy, sx] = strides;
    const apart = order === "phases first" ? [rows * height, width, sy, sx * channels] : [rows * height, width, channels, sy, sx];
    const wide = reshape(x, apart);
    const moved = transpose(wide, order === "phases first" ? [0, 2, 1, 3] : [0, 3, 1, 4, 2]);
    const result = reshape(moved, [rows, height * sy, width * sx, channels]) as Tensor4D;
    disposeAll(x, wide, moved);
    return result;
  }
}

/** Σ over the outputs of each channel, in place of `made`: [.., channels, perOut, phases] becomes [.., channels, phases]. */
function summedOver(made: Tensor4D, channels: number, perOut: number, phases: number): Tensor4D {
  const [rows, height, width] = made.shape;
  const wide = reshape(made, [rows * height * width * channels, perOut, phases]);
  const summed = sum(wide, 1);
  const result = reshape(summed, [rows, height, width, channels * phases]) as Tensor4D;
  disposeAll(made, wide, summed);
  return result;
}

/** The pixels from a corner on; a tensor of its own in any case. */
function crop(x: Tensor4D, [top, left]: readonly [number, number], [height, width]: readonly [number, number]): Tensor4D {
  const [rows, , , channels] = x.shape;
  return x.shape[1] === height && x.shape[2] === width ? alias(x) : slice(x, [0, top, left, 0], [rows, height, width, channels]);
}
