import type { ConvGeometry } from "@maso/core/compute";
import type { Engine } from "./engine";
import type { PositionBlock, PositionBlocks } from "./position-blocks";

/** A block of x in panels of channels, with the zeros around it that the convolution reads: every tap is one shift of the whole. Steps in bytes. */
export interface FramedPanels {
  /** float32 values of the panels, and of what is copied in of x at a time. */
  readonly values: number;
  readonly stripValues: number;
  readonly panelStep: number;
  /** Where the first position reads with a tap. */
  tapAt(row: number, column: number): number;
  /** How positions follow each other, in the order in which the kernels take it: three counts, each with its step. */
  positions(block: PositionBlock): [images: number, imageStep: number, height: number, rowStep: number, width: number, pixelStep: number];
  /** Fills the panels from x; nothing else may write there from block to block. */
  fill(engine: Engine, place: number, strip: number, x: Float32Array, block: PositionBlock): void;
}

/** Panels of `width` channels for blocks of at most so many positions; each channel of x stands there `repeats` times. */
export function framedPanels(geometry: ConvGeometry, most: PositionBlocks, width: number, repeats: number): FramedPanels {
  const { input, strides, dilations } = geometry;
  const [height, across, channels] = input;
  const read = (axis: 0 | 1, positions: number): number =>
    (positions - 1) * strides[axis] + (geometry.kernel[axis] - 1) * dilations[axis] + 1;
  /** The rows or columns of x that so many positions read, and how many that do not exist come before. */
  const span = (axis: 0 | 1, first: number, positions: number) => {
    const start = first * strides[axis] - geometry.padding[axis][0];
    const from = Math.min(Math.max(0, start), input[axis]);
    return { from, count: Math.max(0, Math.min(input[axis], start + read(axis, positions)) - from), before: from - start };
  };
  const pixelBytes = 4 * width;
  const rowBytes = read(1, most.columns) * pixelBytes;
  const imageBytes = read(0, most.rows) * rowBytes;
  const panelStep = most.images * imageBytes;
  const values = (Math.ceil((channels * repeats) / width) * panelStep) / 4;
  let written = "";
  return {
    values,
    stripValues: Math.min(height, read(0, most.rows)) * Math.min(across, read(1, most.columns)) * channels,
    panelStep,
    tapAt: (row, column) => row * dilations[0] * rowBytes + column * dilations[1] * pixelBytes,
    positions: ({ images, rows, columns }) => {
      const [rowStep, pixelStep] = [strides[0] * rowBytes, strides[1] * pixelBytes];
      if (rows > 1 && rowStep !== columns * pixelStep) return [images, imageBytes, rows, rowStep, columns, pixelStep];
      if (images > 1 && imageBytes !== rows * columns * pixelStep) return [images, imageBytes, 1, 0, rows * columns, pixelStep];
      return [1, 0, 1, 0, images * rows * columns, pixelStep];
    },
    fill: ({ kernels, workspace }, place, strip, x, { image, images, row, rows, column, columns }) => {
      const [y, z] = [span(0, row, rows), span(1, column, columns)];
      // Blocks that read as many rows and columns overwrite each other, and leave the zeros around them.
      const shape = [y.before, y.count, z.before, z.count].join();
      if (shape !== written) workspace.singlesAt(place, values).fill(0);
      written = shape;
      for (let n = 0; n < images; n++) {
        const first = ((image + n) * height + y.from) * across + z.from;
        // Whole rows lie one after the other.
        if (z.count === across) workspace.put(x.subarray(first * channels, (first + y.count * across) * channels), strip);
        else
          for (let i = 0; i < y.count; i++) {
            const from = (first + i * across) * channels;
            workspace.put(x.subarray(from, from + z.count * channels), strip + i * z.count * channels * 4);
          }
        const target = place + n * imageBytes + y.before * rowBytes + z.before * pixelBytes;
        kernels.packRows(target, panelStep, rowBytes, strip, 4 * channels, y.count, z.count, channels, width, repeats);
      }
    },
  };
}
