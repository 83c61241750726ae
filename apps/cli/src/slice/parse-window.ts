import type { Rectangle } from "@maso/analysis";
import { MasoError } from "@maso/core";

/** `x0,x1,y0,y1`. Throws "usage". */
export function parseWindow(text: string): Rectangle {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (numbers.length !== 4 || !numbers.every(Number.isFinite))
    throw new MasoError("usage", `--window ${text}: expected four numbers x0,x1,y0,y1, as in -1,1,-1,1`);
  const [x0, x1, y0, y1] = numbers as [number, number, number, number];
  const window = [
    [x0, x1],
    [y0, y1],
  ] as const;
  for (const [i, name] of ["x", "y"].entries())
    if (!hasExtent(window[i]!)) throw new MasoError("usage", `--window ${text}: ${name}0 must be less than ${name}1`);
  return window;
}

/** From a lower to a higher number, not further apart than float64 reaches. */
export const hasExtent = ([low, high]: readonly [number, number]): boolean => low < high && Number.isFinite(high - low);
