import { MasoError } from "@maso/core";
import { tapTable } from "../compute/tap-table";
import { halved } from "../compute/workspace";
import type { BatchGeometry } from "./conv-geometry";
import type { Engine } from "./engine";

/** Values of the gradient that are made at a time, so that they and what they are made of stay in the cache. */
const BLOCK_VALUES = 2 ** 15;

/**
 * dx[s, c] = Σ over the positions p and taps t that read s, and m < M, of dy[p, c·M + m]·kernel[t, c, m]: the gradient of a depthwise
 * convolution of multiplier M in its input, written to `to`. Throws "too-large" where what a row of dx is made of does not fit in 64 MiB.
 */
export function depthwiseInputGradient(
  { kernels, workspace }: Engine,
  dy: Float32Array,
  kernel: Float32Array,
  { batch, geometry }: BatchGeometry,
  to: Float32Array,
): void {
  const { input, output } = geometry;
  const [rowValues, dyRowValues] = [input[1] * input[2], output[1] * output[2]];
  const y = tapTable(geometry, 0, "adjoint", 4 * dyRowValues, 4 * geometry.kernel[1] * output[2]);
  const x = tapTable(geometry, 1, "adjoint", 4 * output[2], 4 * output[2]);
  const strips = rowStrips(y, input[0], Math.max(1, Math.floor(BLOCK_VALUES / rowValues)), 4 * dyRowValues);
  const places = workspace.place({
    dx: halved(Math.max(...strips.map(({ rows }) => rows)) * rowValues),
    dy: halved(Math.max(...strips.map(({ from, to }) => to - from)) * dyRowValues),
    kernel: halved(kernel.length),
    sums: halved(output[2]),
    yStarts: halved(y.starts.length),
    yTaps: halved(y.taps.length),
    xStarts: halved(x.starts.length),
    xTaps: halved(x.taps.length),
  });
  if (places === null)
    throw new MasoError(
      "too-large",
      `DepthwiseConv2dNativeBackpropInput: a row of [${input}] and the rows of [${output}] that it comes from need more than 64 MiB`,
    );
  workspace.put(kernel, places.kernel);
  workspace.put(y.starts, places.yStarts);
  workspace.put(y.taps, places.yTaps);
  workspace.put(x.starts, places.xStarts);
  workspace.put(x.taps, places.xTaps);

  for (let image = 0; image < batch; image++)
    for (const strip of strips) {
      const first = image * output[0];
      workspace.put(dy.subarray((first + strip.from) * dyRowValues, (first + strip.to) * dyRowValues), places.dy);
      kernels.depthwiseAdjoint(
        places.dx,
        places.dy - 4 * strip.from * dyRowValues,
        places.kernel,
        places.yStarts + 4 * strip.row,
        places.yTaps,
        strip.rows,
        places.xStarts,
        places.xTaps,
        input[1],
        input[2],
        output[2] / input[2],
        places.sums,
      );
      to.set(workspace.singlesAt(places.dx, strip.rows * rowValues), (image * input[0] + strip.row) * rowValues);
    }
}

interface RowStrip {
  readonly row: number;
  readonly rows: number;
  /** The rows of dy that are read. */
  readonly from: number;
  readonly to: number;
}

/** Rows of dx, at most so many together, with the rows of dy that they read. */
function rowStrips({ starts, taps }: ReturnType<typeof tapTable>, height: number, most: number, dyRowBytes: number): RowStrip[] {
  const strips: RowStrip[] = [];
  for (let row = 0; row < height; row += most) {
    const rows = Math.min(most, height - row);
    let [from, to] = [Number.POSITIVE_INFINITY, 0];
    for (let i = starts[row]!; i < starts[row + rows]!; i++) {
      const read = taps[2 * i]! / dyRowBytes;
      from = Math.min(from, read);
      to = Math.max(to, read + 1);
    }
    strips.push({ row, rows, from: Math.min(from, to), to });
  }
  return strips;
}
