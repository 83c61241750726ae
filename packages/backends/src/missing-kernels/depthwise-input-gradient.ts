import { MasoError } from "@maso/core";
import { tapTable } from "../compute/tap-table";
import { halved } from "../compute/workspace";
import type { BatchGeometry } from "./conv-geometry";
import type { Engine } from "./engine";
import { positionBlocks } from "./position-blocks";

/** Values of the gradient that are made at a time, so that they and what they are made of stay in the cache. */
const BLOCK_VALUES = 2 ** 15;

/**
 * dx[s, c] = Σ over the positions p and taps t that read s, and m < M, of dy[p, c·M + m]·kernel[t, c, m]: the gradient of a depthwise
 * convolution of multiplier M in its input, written to `to`. Throws "too-large" where what one value of dx is made of does not fit in 64 MiB.
 */
export function depthwiseInputGradient(
  { kernels, workspace }: Engine,
  dy: Float32Array,
  kernel: Float32Array,
  { batch, geometry }: BatchGeometry,
  to: Float32Array,
): void {
  if (dy.length === 0) {
    to.fill(0);
    return;
  }
  const { input, output } = geometry;
  const [channels, dyChannels] = [input[2], output[2]];
  const { rows, columns, blocks } = positionBlocks(1, input[0], input[1], BLOCK_VALUES / channels);
  const x = tapTable(geometry, 1, "adjoint", 4 * dyChannels, 4 * dyChannels);
  const xRead = sourcesRead(x, input[1], columns, 4 * dyChannels);
  // The rows of dy that a block reads are copied in, of each only the columns that it reads.
  const across = Math.max(1, ...xRead.map(({ count }) => count));
  const rowBytes = 4 * across * dyChannels;
  const y = tapTable(geometry, 0, "adjoint", rowBytes, 4 * geometry.kernel[1] * dyChannels);
  const yRead = sourcesRead(y, input[0], rows, rowBytes);
  const places = workspace.place({
    dx: halved(rows * columns * channels),
    dy: halved(Math.max(...yRead.map(({ count }) => count)) * across * dyChannels),
    kernel: halved(kernel.length),
    sums: halved(dyChannels),
    yStarts: halved(y.starts.length),
    yTaps: halved(y.taps.length),
    xStarts: halved(x.starts.length),
    xTaps: halved(x.taps.length),
  });
  if (places === null)
    throw new MasoError(
      "too-large",
      `DepthwiseConv2dNativeBackpropInput: a filter of [${geometry.kernel}] on ${channels} channels needs more than 64 MiB`,
    );
  workspace.put(kernel, places.kernel);
  workspace.put(y.starts, places.yStarts);
  workspace.put(y.taps, places.yTaps);
  workspace.put(x.starts, places.xStarts);
  workspace.put(x.taps, places.xTaps);

  for (let image = 0; image < batch; image++)
    for (const block of blocks) {
      const [fromY, fromX] = [yRead[block.row / rows]!, xRead[block.column / columns]!];
      for (let i = 0; i < fromY.count; i++) {
        const from = ((image * output[0] + fromY.first + i) * output[1] + fromX.first) * dyChannels;
        workspace.put(dy.subarray(from, from + fromX.count * dyChannels), places.dy + i * rowBytes);
      }
      kernels.depthwiseAdjoint(
        places.dx,
        places.dy - fromY.first * rowBytes - fromX.first * 4 * dyChannels,
        places.kernel,
        places.yStarts + 4 * block.row,
        places.yTaps,
        block.rows,
        places.xStarts + 4 * block.column,
        places.xTaps,
        block.columns,
        channels,
        dyChannels / channels,
        places.sums,
      );
      // A block is whole rows, or part of one.
      const values = workspace.singlesAt(places.dx, block.rows * block.columns * channels);
      to.set(values, ((image * input[0] + block.row) * input[1] + block.column) * channels);
    }
}

interface Sources {
  readonly first: number;
  readonly count: number;
}

/** Of every `most` positions along an axis the first source that they read, and how many there are from it to the last. */
function sourcesRead({ starts, taps }: ReturnType<typeof tapTable>, extent: number, most: number, sourceStep: number): Sources[] {
  const read: Sources[] = [];
  for (let position = 0; position < extent; position += most) {
    let [first, end] = [Number.POSITIVE_INFINITY, 0];
    for (let i = starts[position]!; i < starts[Math.min(position + most, extent)]!; i++) {
      const source = taps[2 * i]! / sourceStep;
      first = Math.min(first, source);
      end = Math.max(end, source + 1);
    }
    read.push({ first: Math.min(first, end), count: Math.max(0, end - first) });
  }
  return read;
}
