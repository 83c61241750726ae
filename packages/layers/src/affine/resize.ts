import { type AffineBody, checkCount, checkShape } from "@maso/core";
import type { Pair } from "../params/numbers";
import type { ResizeMethod } from "../params/resize-method";
import { gatherByOffsets, offsetsAlong } from "./gather-by-offsets";
import { sparse, sparseRows } from "./sparse";

export interface ResizeParams {
  readonly method: ResizeMethod;
  /** The outer pixels' centres stay where they are; else the outer edges do. */
  readonly alignCorners: boolean;
  /** Pixels are where their centres are; else where their first corners are. */
  readonly halfPixelCenters: boolean;
}

/**
 * A channels-last image made another size, one channel at a time. Pixel k of n made of m lies at k m/n; with half-pixel centres at
 * (k + ½) m/n − ½; with aligned corners at k (m − 1)/(n − 1), n > 1. Bilinear weighs the two neighbours along each axis, clamped at the
 * image's ends. Nearest takes ⌊k m/n⌋, with half-pixel centres ⌊(k + ½) m/n⌋, with aligned corners ⌊position + ½⌋. As TensorFlow.js does.
 */
export function resize(image: readonly [number, number, number], [height, width]: Pair, params: ResizeParams): AffineBody {
  const output = [height, width, image[2]];
  checkShape("resize", output);
  checkCount("resize: the matrix", params.method === "nearest" ? 0 : 4 * height * width);
  if (params.method === "nearest") return pickPixels(image, nearest(image[0], height, params), nearest(image[1], width, params));
  const [rows, columns] = [neighbours(image[0], height, params), neighbours(image[1], width, params)];
  const entries = (k: number): [number, number][] =>
    rows[Math.floor(k / width)]!.flatMap(([y, down]) =>
      columns[k % width]!.map(([x, across]): [number, number] => [y * image[1] + x, down * across]),
    );
  return sparse(image, output, sparseRows(height * width, entries, image[2]));
}

/** Pixel (i, j) of the output is pixel (rows[i], columns[j]) of the image. */
export function pickPixels(image: readonly [number, number, number], rows: readonly number[], columns: readonly number[]): AffineBody {
  return gatherByOffsets(image, [offsetsAlong(image, 0, rows), offsetsAlong(image, 1, columns), offsetsAlong(image, 2)]);
}

/** The places as TensorFlow.js rounds them: where k m/n is a whole number, the product with the rounded ratio may fall below it. */
function nearest(from: number, to: number, { alignCorners, halfPixelCenters }: ResizeParams): number[] {
  const ratio = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  return Array.from({ length: to }, (_, k) => {
    const place = ratio * (halfPixelCenters ? k + 0.5 : k);
    return Math.min(from - 1, alignCorners ? Math.round(place) : Math.floor(place));
  });
}

/** For each place along an axis, the one or two pixels that make it and their weights. */
function neighbours(from: number, to: number, { alignCorners, halfPixelCenters }: ResizeParams): [number, number][][] {
  const placeOf = (k: number): number => {
    if (halfPixelCenters) return ((2 * k + 1) * from - to) / (2 * to);
    return alignCorners && to > 1 ? (k * (from - 1)) / (to - 1) : (k * from) / to;
  };
  return Array.from({ length: to }, (_, k) => {
    const place = Math.min(Math.max(placeOf(k), 0), from - 1);
    const low = Math.floor(place);
    return place === low
      ? [[low, 1]]
      : [
          [low, 1 - (place - low)],
          [low + 1, place - low],
        ];
  });
}
