import { sizeOf } from "../shape";
import type { ConvGeometry } from "./compute";

/** One output channel per input channel, each from its own. */
export function isDepthwise({ input, output, groups }: ConvGeometry): boolean {
  return groups > 1 && groups === input[2] && groups === output[2];
}

/**
 * A depthwise convolution or its adjoint, which differ only in who reads whom: to[t, c] = Σ over taps of from[s, c] · kernel[tap, c].
 * Taps that fall outside the image are left out.
 */
export function depthwise(from: Float64Array, kernel: Float64Array, geometry: ConvGeometry, direction: "forward" | "adjoint"): Float64Array {
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
        weigh(from, row * fromSize, sources, kernel, taps, count, to, row * toSize + (y * target[1] + x) * channels, channels);
    }
  return to;
}

interface Tap {
  readonly source: number;
  readonly tap: number;
}

/** For each position along an axis of the target, the positions of the source it reads and with which tap. */
function tapsPerPosition({ input, output, kernel, strides, dilations, padding }: ConvGeometry, axis: 0 | 1, direction: "forward" | "adjoint"): Tap[][] {
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

/** to[at + c] = Σ_t from[base + sources[t] + c] · kernel[taps[t] + c]. */
function weigh(
  from: Float64Array,
  base: number,
  sources: Int32Array,
  kernel: Float64Array,
  taps: Int32Array,
  count: number,
  to: Float64Array,
  at: number,
  channels: number,
): void {
  let c = 0;
  for (; c + 4 <= channels; c += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let t = 0; t < count; t++) {
      const s = (base + sources[t] + c) | 0;
      const w = (taps[t] + c) | 0;
      s0 += from[s] * kernel[w];
      s1 += from[(s + 1) | 0] * kernel[(w + 1) | 0];
      s2 += from[(s + 2) | 0] * kernel[(w + 2) | 0];
      s3 += from[(s + 3) | 0] * kernel[(w + 3) | 0];
    }
    to[at + c] = s0;
    to[at + c + 1] = s1;
    to[at + c + 2] = s2;
    to[at + c + 3] = s3;
  }
  for (; c < channels; c++) {
    let sum = 0;
    for (let t = 0; t < count; t++) sum += from[base + sources[t] + c] * kernel[taps[t] + c];
    to[at + c] = sum;
  }
}
