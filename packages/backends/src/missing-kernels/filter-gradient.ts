import { MasoError } from "@maso/core";
import type { ConvGeometry } from "@maso/core/compute";
import { halved } from "../compute/workspace";
import type { BatchGeometry } from "./conv-geometry";
import type { Engine } from "./engine";
import { type FramedPanels, framedPanels } from "./framed-panels";
import { positionBlocks } from "./position-blocks";

/** Values of x and dy that are worked on at a time, so that they stay in the cache; and of the gradient, so that it fits. */
const BLOCK_VALUES = 2 ** 17;
const SUM_VALUES = 2 ** 21;
/** Columns of dy that the kernel takes at a time, and rows of x. */
const COLUMNS = 8;
const ROWS = 4;

/**
 * dw[i, j, c, d] = Σ over images and positions (y, x) of in[y·strides[0] + i·dilations[0] − top, x·strides[1] + j·dilations[1] − left, c]
 * · dy[y, x, d]: the gradient of a convolution in its filter, written to `to`. No patch is ever written out: a tap is a shift of the framed image.
 * Throws "too-large" where what one position
 * reads, or eight columns of the gradient, do not fit in 64 MiB.
 */
export function filterGradient(
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
  const [channels, columns] = [input[2], output[2]];
  const depth = kernel[0] * kernel[1] * channels;
  const positions = positionBlocks(batch, output[0], output[1], BLOCK_VALUES / (channels * strides[0] * strides[1] + columns));
  const panelWidth = Math.min(channels, COLUMNS);
  const frame = framedPanels(geometry, positions, panelWidth, 1);
  const width = Math.min(Math.ceil(columns / COLUMNS), Math.max(1, Math.floor(SUM_VALUES / depth / COLUMNS))) * COLUMNS;
  const pixels = positions.images * positions.rows * positions.columns;
  const tables = rowTables(geometry, frame, panelWidth, 4 * width);
  const places = workspace.place({
    // Rows come in fours: the last one takes the sums of those that do not exist.
    sums: halved((depth + 1) * width),
    x: halved(frame.values),
    dy: halved(pixels * width),
    strip: halved(Math.max(frame.stripValues, pixels * columns)),
    offsets: halved(tables.offsets.length),
    rows: halved(tables.rows.length),
  });
  if (places === null)
    throw new MasoError("too-large", `Conv2DBackpropFilter: a filter of [${kernel}, ${channels}] needs more than 64 MiB`);
  workspace.put(tables.offsets, places.offsets);
  workspace.put(tables.rows, places.rows);

  for (let first = 0; first < columns; first += width) {
    const count = Math.min(width, columns - first);
    const sums = workspace.singlesAt(places.sums, depth * width).fill(0);
    for (const block of positions.blocks) {
      frame.fill(engine, places.x, places.strip, x, block);
      const size = block.images * block.rows * block.columns;
      const from = ((block.image * output[0] + block.row) * output[1] + block.column) * columns;
      workspace.put(dy.subarray(from, from + size * columns), places.strip);
      kernels.packRows(places.dy, size * COLUMNS * 4, 0, places.strip + 4 * first, 4 * columns, 1, size, count, COLUMNS, 1);
      kernels.addProducts(
        places.sums,
        places.rows,
        places.x,
        places.offsets,
        tables.rows.length,
        places.dy,
        Math.ceil(count / COLUMNS),
        ...frame.positions(block),
      );
    }
    if (width === columns) to.set(sums);
    else for (let row = 0; row < depth; row++) to.set(sums.subarray(row * width, row * width + count), row * columns + first);
  }
}

/**
 * Where each row of the gradient starts in x and in the sums, in bytes: panel after panel, so that one stays in the cache for all taps. There is a row
 * for each tap and channel, and some to make fours, whose sums lie behind all others.
 */
function rowTables(
  { input, kernel }: ConvGeometry,
  { panelStep, tapAt }: FramedPanels,
  panelWidth: number,
  rowBytes: number,
): { readonly offsets: Int32Array; readonly rows: Int32Array } {
  const channels = input[2];
  const depth = kernel[0] * kernel[1] * channels;
  const length = Math.ceil(depth / ROWS) * ROWS;
  const offsets = new Int32Array(length);
  const rows = new Int32Array(length).fill(depth * rowBytes);
  let r = 0;
  for (let first = 0; first < channels; first += panelWidth)
    for (let i = 0; i < kernel[0]; i++)
      for (let j = 0; j < kernel[1]; j++)
        for (let c = first; c < Math.min(first + panelWidth, channels); c++) {
          offsets[r] = (first / panelWidth) * panelStep + tapAt(i, j) + (c - first) * 4;
          rows[r++] = ((i * kernel[1] + j) * channels + c) * rowBytes;
        }
  return { offsets, rows };
}
