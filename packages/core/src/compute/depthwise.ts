import { sizeOf } from "../shape";
import type { ConvGeometry } from "./compute";

/** A convolution, or its adjoint. */
export type Direction = "forward" | "adjoint";

/** One output channel per input channel, each from its own. */
export function isDepthwise({ input, output, groups }: ConvGeometry): boolean {
  return groups > 1 && groups === input[2] && groups === output[2];
}

/**
 * A depthwise convolution or its adjoint, which differ only in who reads whom: to[t, c] = Σ over taps of from[s, c] · kernel[tap, c].
 * Taps that fall outside the image are left out.
 */
export function depthwise(from: Float64Array, kernel: Float64Array, geometry: ConvGeometry, direction: Direction): Float64Array {
  const { input, output } = geometry;
  const [source, target] = direction === "forward" ? [input, output] : [output, input];
  const [fromSize, toSize, channels] = [sizeOf(source), sizeOf(target), input[2]];
  const rows = from.length / fromSize;
  const to = new Float64Array(rows * toSize);
  const [inY, inX] = ([0, 1] as const).map((axis) => tapsPerPosition(geometry, axis, direction)) as [Tap[][], Tap[][]];
  const sources = new Int32Array(geometry.kernel[0] * geometry.kernel[1]);
  const taps = new Int32Array(sources.length);
  for (let y = 0; y < target[0]; y++)
    for (let x = 0; x < target[1]; x++) {
      let count = 0;
      for (const vertical of inY[y])
        for (const horizontal of inX[x]) {
          sources[count] = (vertical.source * source[1] + horizontal.source) * channels;
          taps[count++] = (vertical.tap * geometry.kernel[1] + horizontal.tap) * channels;
        }
      for (let row = 0; row < rows; row++)
        addTaps(to, row * toSize + (y * target[1] + x) * channels, from, row * fromSize, kernel, sources, taps, count, channels);
    }
  return to;
}

export interface Tap {
  readonly source: number;
  readonly tap: number;
}

/** For each position along an axis of the target, the positions of the source it reads and with which tap. */
export function tapsPerPosition(
  { input, output, kernel, strides, dilations, padding }: ConvGeometry,
  axis: 0 | 1,
  direction: Direction,
): Tap[][] {
  const lists: Tap[][] = Array.from({ length: direction === "forward" ? output[axis] : input[axis] }, () => []);
  for (let out = 0; out < output[axis]; out++)
    for (let tap = 0; tap < kernel[axis]; tap++) {
      const into = out * strides[axis] + tap * dilations[axis] - padding[axis][0];
      if (into < 0 || into >= input[axis]) continue;
      if (direction === "forward") lists[out].push({ source: into, tap });
      else lists[into].push({ source: out, tap });
    }
  return lists;
}

/** to[at + c] += Σ_t from[base + sources[t] + c] · kernel[taps[t] + c], in the order of the taps, three at a time. */
function addTaps(
  to: Float64Array,
  at: number,
  from: Float64Array,
  base: number,
  kernel: Float64Array,
  sources: Int32Array,
  taps: Int32Array,
  count: number,
  channels: number,
): void {
  let t = 0;
  for (; t + 3 <= count; t += 3) {
    const [s0, s1, s2] = [base + sources[t], base + sources[t + 1], base + sources[t + 2]];
    const [w0, w1, w2] = [taps[t], taps[t + 1], taps[t + 2]];
    for (let c = 0; c < channels; c = (c + 1) | 0) {
      const two = to[(at + c) | 0] + from[(s0 + c) | 0] * kernel[(w0 + c) | 0] + from[(s1 + c) | 0] * kernel[(w1 + c) | 0];
      to[(at + c) | 0] = two + from[(s2 + c) | 0] * kernel[(w2 + c) | 0];
    }
  }
  for (; t < count; t++) {
    const [s, w] = [base + sources[t], taps[t]];
    for (let c = 0; c < channels; c = (c + 1) | 0) to[(at + c) | 0] += from[(s + c) | 0] * kernel[(w + c) | 0];
  }
}
