import { MasoError } from "@maso/core";
import { halved } from "../compute/workspace";
import type { BatchGeometry } from "./conv-geometry";
import type { Engine } from "./engine";
import { framedPanels } from "./framed-panels";
import { positionBlocks } from "./position-blocks";

/** Values of x and dy that are worked on at a time, so that they stay in the cache. */
const BLOCK_VALUES = 2 ** 17;
/** Channels and taps that the kernel takes at a time. */
const CHANNELS = 8;
const TAPS = 3;

/**
 * dw[i, j, c, m] = Σ over images and positions (y, x) of in[y·strides[0] + i·dilations[0] − top, x·strides[1] + j·dilations[1] − left, c]
 * · dy[y, x, c·M + m]: the gradient of a depthwise convolution of multiplier M in its filter, written to `to`. Throws "too-large" where what one position
 * reads does not fit in 64 MiB.
 */
export function depthwiseFilterGradient(
  engine: Engine,
  x: Float32Array,
  dy: Float32Array,
  { batch, geometry }: BatchGeometry,
  to: Float32Array,
): void {
  if (dy.length === 0) {
    to.fill(0);
    return;
  }
  const { kernels, workspace } = engine;
  const { input, output, kernel, strides } = geometry;
  const channels = output[2];
  const taps = kernel[0] * kernel[1];
  const panels = Math.ceil(channels / CHANNELS);
  const positions = positionBlocks(batch, output[0], output[1], BLOCK_VALUES / channels / (strides[0] * strides[1] + 1));
  const frame = framedPanels(geometry, positions, CHANNELS, channels / input[2]);
  const pixels = positions.images * positions.rows * positions.columns;
  const offsets = tapOffsets(kernel, frame.tapAt);
  const width = panels * CHANNELS;
  const places = workspace.place({
    sums: halved(offsets.length * width),
    x: halved(frame.values),
    dy: halved(pixels * width),
    strip: halved(Math.max(frame.stripValues, pixels * channels)),
    offsets: halved(offsets.length),
  });
  if (places === null)
    throw new MasoError(
      "too-large",
      `DepthwiseConv2dNativeBackpropFilter: a filter of [${kernel}] on ${input[2]} channels needs more than 64 MiB`,
    );
  workspace.put(offsets, places.offsets);
  const sums = workspace.singlesAt(places.sums, offsets.length * width).fill(0);
  for (const block of positions.blocks) {
    frame.fill(engine, places.x, places.strip, x, block);
    const size = block.images * block.rows * block.columns;
    const from = ((block.image * output[0] + block.row) * output[1] + block.column) * channels;
    workspace.put(dy.subarray(from, from + size * channels), places.strip);
    kernels.packRows(places.dy, size * CHANNELS * 4, 0, places.strip, 4 * channels, 1, size, channels, CHANNELS, 1);
    kernels.addChannelProducts(
      places.sums,
      places.x,
      frame.panelStep,
      places.offsets,
      offsets.length,
      places.dy,
      panels,
      ...frame.positions(block),
    );
  }
  for (let tap = 0; tap < taps; tap++) to.set(sums.subarray(tap * width, tap * width + channels), tap * channels);
}

/** Where the taps start in a panel, in bytes; the last one again to make threes. */
function tapOffsets([height, width]: readonly [number, number], tapAt: (row: number, column: number) => number): Int32Array {
  const taps = height * width;
  return Int32Array.from({ length: Math.ceil(taps / TAPS) * TAPS }, (_, i) => {
    const tap = Math.min(i, taps - 1);
    return tapAt(Math.floor(tap / width), tap % width);
  });
}
