import { sizeOf } from "@maso/core";
import type { ConvGeometry, Direction } from "@maso/core/compute";
import type { Engine } from "./engine";
import { tapTable } from "./tap-table";
import { halved } from "./workspace";

/** Values of images that are read and made at a time, where one image has fewer. */
const BLOCK_VALUES = 2 ** 16;

/** A depthwise convolution or its adjoint; null where an image does not fit. */
export function depthwise(
  { kernels, workspace }: Engine,
  from: Float64Array,
  kernel: Float64Array,
  geometry: ConvGeometry,
  direction: Direction,
): Float64Array | null {
  const [source, target] = direction === "forward" ? [geometry.input, geometry.output] : [geometry.output, geometry.input];
  const [fromSize, toSize, channels] = [sizeOf(source), sizeOf(target), source[2]];
  const rows = from.length / fromSize;
  const batch = Math.min(rows, Math.max(1, Math.floor(BLOCK_VALUES / (fromSize + toSize))));
  const y = tapTable(geometry, 0, direction, source[1] * channels * 8, geometry.kernel[1] * channels * 8);
  const x = tapTable(geometry, 1, direction, channels * 8, channels * 8);
  const places = workspace.place({
    from: batch * fromSize,
    to: batch * toSize,
    kernel: kernel.length,
    yStarts: halved(y.starts.length),
    yTaps: halved(y.taps.length),
    xStarts: halved(x.starts.length),
    xTaps: halved(x.taps.length),
  });
  if (places === null) return null;
  workspace.put(kernel, places.kernel);
  workspace.put(y.starts, places.yStarts);
  workspace.put(y.taps, places.yTaps);
  workspace.put(x.starts, places.xStarts);
  workspace.put(x.taps, places.xTaps);

  const to = new Float64Array(rows * toSize);
  for (let row = 0; row < rows; row += batch) {
    const count = Math.min(batch, rows - row);
    workspace.put(from.subarray(row * fromSize, (row + count) * fromSize), places.from);
    kernels.depthwise(
      places.to,
      places.from,
      fromSize,
      count,
      places.kernel,
      places.yStarts,
      places.yTaps,
      target[0],
      places.xStarts,
      places.xTaps,
      target[1],
      channels,
    );
    to.set(workspace.at(places.to, count * toSize), row * toSize);
  }
  return to;
}
