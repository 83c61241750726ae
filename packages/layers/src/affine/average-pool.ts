import { type AffineBody, MasoError } from "@maso/core";
import type { Padding, Pair } from "../params/numbers";
import { resolvePadding, windowPositions } from "../params/resolve-padding";
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
  const [rows, columns] = [covered(height, 0), covered(width, 1)];
  const entries = (k: number): [number, number][] => {
    const [ys, xs] = [rows[Math.floor(k / columns.length)]!, columns[k % columns.length]!];
    return ys.flatMap((y) => xs.map((x): [number, number] => [y * width + x, 1 / (ys.length * xs.length)]));
  };
  return sparse(image, [rows.length, columns.length, channels], sparseRows(rows.length * columns.length, entries, channels));

  /** For each window along an axis, what it covers. */
  function covered(extent: number, a: 0 | 1): number[][] {
    const [before] = zeros[a];
    return Array.from({ length: windowPositions(extent, zeros[a], poolSize[a], strides[a], 1) }, (_, position) => {
      const start = position * strides[a] - before;
      const inside = Array.from({ length: poolSize[a] }, (_, i) => start + i).filter((at) => at >= 0 && at < extent);
      if (inside.length === 0)
        throw new MasoError("shape", `window ${position} along axis ${a} lies outside the image; each needs to cover some of it`, {
          at: "padding",
        });
      return inside;
    });
  }
}
