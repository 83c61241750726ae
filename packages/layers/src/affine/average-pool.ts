import { type AffineBody, checkCount, checkShape, MasoError } from "@maso/core";
import type { Padding, Pair } from "../params/numbers";
import { resolvePadding, windowPositions } from "../params/resolve-padding";
import { range } from "./gather-by-offsets";
import { sparse, sparseRows } from "./sparse";

export interface AveragePoolParams {
  readonly poolSize: Pair;
  readonly strides: Pair;
  readonly padding: Padding;
}

/** The mean over the windows of a channels-last image, one channel at a time; positions outside it do not count, as in TensorFlow. */
export function averagePool({ poolSize, strides, padding }: AveragePoolParams, image: readonly [number, number, number]): AffineBody {
  const [height, width, channels] = image;
  const zeros = resolvePadding(padding, [height, width], poolSize, strides, [1, 1]);
  checkShape(
    "pool",
    [height, width].map((extent, a) => windowPositions(extent, zeros[a]!, poolSize[a]!, strides[a]!, 1)),
  );
  const [rows, columns] = [covered(height, 0), covered(width, 1)];
  const total = (along: readonly Pair[]): number => along.reduce((sum, [from, to]) => sum + to - from, 0);
  checkCount("pool: the matrix", total(rows) * total(columns));
  const entries = (k: number): [number, number][] => {
    const [ys, xs] = [rows[Math.floor(k / columns.length)]!, columns[k % columns.length]!];
    const share = 1 / ((ys[1] - ys[0]) * (xs[1] - xs[0]));
    return range(ys[1] - ys[0], ys[0]).flatMap((y) => range(xs[1] - xs[0], xs[0]).map((x): [number, number] => [y * width + x, share]));
  };
  return sparse(image, [rows.length, columns.length, channels], sparseRows(rows.length * columns.length, entries, channels));

  /** For each window along an axis, what it covers: from, to. */
  function covered(extent: number, a: 0 | 1): Pair[] {
    const [before] = zeros[a];
    return Array.from({ length: windowPositions(extent, zeros[a], poolSize[a], strides[a], 1) }, (_, position): Pair => {
      const start = position * strides[a] - before;
      const [from, to] = [Math.max(start, 0), Math.min(start + poolSize[a], extent)];
      if (to <= from)
        throw new MasoError("shape", `window ${position} along axis ${a} lies outside the image; each needs to cover some of it`, {
          at: "padding",
        });
      return [from, to];
    });
  }
}
