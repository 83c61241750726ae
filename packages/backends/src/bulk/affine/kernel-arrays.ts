import type { ConvGeometry } from "@maso/core";

export interface DilatedKernel {
  /** [height][width][channels / groups][outputs]. */
  readonly data: Float64Array;
  readonly kernel: readonly [height: number, width: number];
  readonly dilations: readonly [number, number];
}

/** The kernel with zeros written between its taps along the axes asked for: TensorFlow.js takes strides or dilations, not both. */
export function denseKernel(
  data: Float64Array,
  { kernel, dilations, input, output, groups }: ConvGeometry,
  dense: readonly [boolean, boolean],
): DilatedKernel {
  const by = dilations.map((dilation, axis) => (dense[axis] ? dilation : 1)) as [number, number];
  if (by[0] === 1 && by[1] === 1) return { data, kernel, dilations };
  const size = kernel.map((extent, axis) => (extent - 1) * by[axis]! + 1) as [number, number];
  const block = (input[2] / groups) * output[2];
  const result = new Float64Array(size[0] * size[1] * block);
  for (let i = 0; i < kernel[0]; i++)
    for (let j = 0; j < kernel[1]; j++) {
      const from = (i * kernel[1] + j) * block;
      result.set(data.subarray(from, from + block), (i * by[0] * size[1] + j * by[1]) * block);
    }
  return { data: result, kernel: size, dilations: dilations.map((dilation, axis) => (dense[axis] ? 1 : dilation)) as [number, number] };
}

/** The outputs of one group. */
export function groupKernel(data: Float64Array, outputs: number, group: number, perOut: number): Float64Array {
  const result = new Float64Array((data.length / outputs) * perOut);
  for (let at = 0, from = group * perOut; at < result.length; at += perOut, from += outputs)
    result.set(data.subarray(from, from + perOut), at);
  return result;
}
