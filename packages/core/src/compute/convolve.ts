import type { ConvGeometry } from "./compute";
import { matmul } from "./matmul";

const BLOCK_VALUES = 2 ** 16;

/** Convolution by im2col in blocks of output pixels, one matrix product a block and group; depthwise without im2col. */
export function convolve(x: Float64Array, kernel: Float64Array, geometry: ConvGeometry): Float64Array {
  const plan = planOf(geometry);
  if (plan.depthwise) return depthwise(x, kernel, geometry, false);
  const { inSize, outSize, perIn, perOut, taps, groups, pixels } = plan;
  const rows = x.length / inSize;
  const out = new Float64Array(rows * outSize);
  const depth = taps * perIn;
  const step = Math.max(1, Math.floor(BLOCK_VALUES / depth));
  for (let group = 0; group < groups; group++) {
    const weights = groupKernel(kernel, taps * perIn, geometry.output[2], group, perOut);
    for (let row = 0; row < rows; row++)
      for (let from = 0; from < pixels; from += step) {
        const count = Math.min(step, pixels - from);
        const columns = new Float64Array(count * depth);
        eachTap(geometry, from, count, (pixel, tap, source) => {
          const at = row * inSize + source + group * perIn;
          const to = pixel * depth + tap * perIn;
          for (let c = 0; c < perIn; c++) columns[to + c] = x[at + c]!;
        });
        const block = matmul(columns, weights, { m: count, k: depth, n: perOut });
        scatter(block, out, row * outSize + from * geometry.output[2] + group * perOut, count, perOut, geometry.output[2]);
      }
  }
  return out;
}

/** Aᵀ u: each block of output pixels times the transposed kernel, added back to where it was read. */
export function convolveAdjoint(u: Float64Array, kernel: Float64Array, geometry: ConvGeometry): Float64Array {
  const plan = planOf(geometry);
  if (plan.depthwise) return depthwise(u, kernel, geometry, true);
  const { inSize, outSize, perIn, perOut, taps, groups, pixels } = plan;
  const rows = u.length / outSize;
  const result = new Float64Array(rows * inSize);
  const depth = taps * perIn;
  const step = Math.max(1, Math.floor(BLOCK_VALUES / depth));
  for (let group = 0; group < groups; group++) {
    const weights = groupKernel(kernel, depth, geometry.output[2], group, perOut);
    for (let row = 0; row < rows; row++)
      for (let from = 0; from < pixels; from += step) {
        const count = Math.min(step, pixels - from);
        const block = gather(u, row * outSize + from * geometry.output[2] + group * perOut, count, perOut, geometry.output[2]);
        const columns = matmul(block, weights, { m: count, k: perOut, n: depth, transposeB: true });
        eachTap(geometry, from, count, (pixel, tap, source) => {
          const to = row * inSize + source + group * perIn;
          const at = pixel * depth + tap * perIn;
          for (let c = 0; c < perIn; c++) result[to + c]! += columns[at + c]!;
        });
      }
  }
  return result;
}

interface Plan {
  readonly inSize: number;
  readonly outSize: number;
  readonly perIn: number;
  readonly perOut: number;
  readonly taps: number;
  readonly groups: number;
  readonly pixels: number;
  readonly depthwise: boolean;
}

function planOf({ input, output, kernel, groups }: ConvGeometry): Plan {
  return {
    inSize: input[0] * input[1] * input[2],
    outSize: output[0] * output[1] * output[2],
    perIn: input[2] / groups,
    perOut: output[2] / groups,
    taps: kernel[0] * kernel[1],
    groups,
    pixels: output[0] * output[1],
    depthwise: groups === input[2] && groups > 1,
  };
}

/** Calls `visit(pixel − from, tap, offset of the input pixel)` for every tap of an output pixel that lies inside the image. */
function eachTap(
  { input, output, kernel, strides, dilations, padding }: ConvGeometry,
  from: number,
  count: number,
  visit: (pixel: number, tap: number, source: number) => void,
): void {
  const [height, width, channels] = input;
  for (let pixel = 0; pixel < count; pixel++) {
    const oy = Math.floor((from + pixel) / output[1]);
    const ox = (from + pixel) % output[1];
    for (let ky = 0; ky < kernel[0]; ky++) {
      const y = oy * strides[0] + ky * dilations[0] - padding[0][0];
      if (y < 0 || y >= height) continue;
      for (let kx = 0; kx < kernel[1]; kx++) {
        const x = ox * strides[1] + kx * dilations[1] - padding[1][0];
        if (x >= 0 && x < width) visit(pixel, ky * kernel[1] + kx, (y * width + x) * channels);
      }
    }
  }
}

/** The columns of a group's output channels, [depth, perOut]. */
function groupKernel(kernel: Float64Array, depth: number, channels: number, group: number, perOut: number): Float64Array {
  return perOut === channels ? kernel : gather(kernel, group * perOut, depth, perOut, channels);
}

function gather(from: Float64Array, start: number, rows: number, width: number, stride: number): Float64Array {
  const result = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) result.set(from.subarray(start + row * stride, start + row * stride + width), row * width);
  return result;
}

function scatter(block: Float64Array, to: Float64Array, start: number, rows: number, width: number, stride: number): void {
  for (let row = 0; row < rows; row++) to.set(block.subarray(row * width, (row + 1) * width), start + row * stride);
}

/** One input channel per group: plain loops over the taps, channels innermost. */
function depthwise(from: Float64Array, kernel: Float64Array, geometry: ConvGeometry, adjoint: boolean): Float64Array {
  const { inSize, outSize, perOut, pixels } = planOf(geometry);
  const [channels, outputs] = [geometry.input[2], geometry.output[2]];
  const rows = from.length / (adjoint ? outSize : inSize);
  const result = new Float64Array(rows * (adjoint ? inSize : outSize));
  for (let row = 0; row < rows; row++)
    eachTap(geometry, 0, pixels, (pixel, tap, source) => {
      const input = row * inSize + source;
      const output = row * outSize + pixel * outputs;
      const weights = tap * outputs;
      for (let c = 0; c < channels; c++)
        for (let d = c * perOut; d < (c + 1) * perOut; d++)
          if (adjoint) result[input + c]! += kernel[weights + d]! * from[output + d]!;
          else result[output + d]! += kernel[weights + d]! * from[input + c]!;
    });
  return result;
}
