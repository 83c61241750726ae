import type { ConvGeometry } from "@maso/core/compute";
import type { Engine } from "./engine";
import type { PositionBlock, PositionBlocks } from "./position-blocks";

/** A block of x in panels of channels, with the zeros around it that the convolution reads: every tap is one shift of the whole. Steps in bytes. */
export interface FramedPanels {
  /** float32 values of the panels, and of the rows of x that are copied in for one image. */
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

/** Panels of `width` channels for blocks of at most so many images and rows; each channel of x stands there `repeats` times. */
export function framedPanels(geometry: ConvGeometry, most: PositionBlocks, width: number, repeats: number): FramedPanels {
  const { input, output, kernel, strides, dilations, padding } = geometry;
  const [height, across, channels] = input;
  const rowsRead = (rows: number): number => (rows - 1) * strides[0] + (kernel[0] - 1) * dilations[0] + 1;
  const left = padding[1][0];
  const framed = Math.max((output[1] - 1) * strides[1] + (kernel[1] - 1) * dilations[1] + 1, left + across);
  const pixelBytes = 4 * width;
  const rowBytes = framed * pixelBytes;
  const imageBytes = rowsRead(most.rows) * rowBytes;
  const panelStep = most.images * imageBytes;
  const values = (Math.ceil((channels * repeats) / width) * panelStep) / 4;
  let cleared = "";
  return {
    values,
    stripValues: Math.min(height, rowsRead(most.rows)) * across * channels,
    panelStep,
    tapAt: (row, column) => row * dilations[0] * rowBytes + column * dilations[1] * pixelBytes,
    positions: ({ images, rows }) => {
      const [rowStep, pixelStep] = [strides[0] * rowBytes, strides[1] * pixelBytes];
      if (rowStep !== output[1] * pixelStep) return [images, imageBytes, rows, rowStep, output[1], pixelStep];
      if (imageBytes !== rows * rowStep) return [images, imageBytes, 1, 0, rows * output[1], pixelStep];
      return [1, 0, 1, 0, images * rows * output[1], pixelStep];
    },
    fill: ({ kernels, workspace }, place, strip, x, { image, images, row, rows }) => {
      const top = row * strides[0] - padding[0][0];
      const [from, to] = [Math.max(0, top), Math.min(height, top + rowsRead(rows))];
      // Blocks with the same rows overwrite each other, and leave the zeros around them.
      const inside = `${from - top} ${to - top}`;
      if (inside !== cleared) workspace.singlesAt(place, values).fill(0);
      cleared = inside;
      for (let n = 0; n < images && to > from; n++) {
        const first = ((image + n) * height + from) * across * channels;
        workspace.put(x.subarray(first, first + (to - from) * across * channels), strip);
        const target = place + n * imageBytes + (from - top) * rowBytes + left * pixelBytes;
        kernels.packRows(target, panelStep, rowBytes, strip, 4 * channels, to - from, across, channels, width, repeats);
      }
    },
  };
}
