import type { Slice } from "../slice";
import { DEFAULT_WIDTH, type PictureOptions } from "./picture-options";

/** Where a window's points (s, t) lie in a picture: s to the right, t upwards. */
export interface PictureFrame {
  readonly width: number;
  readonly height: number;
  x(s: number): number;
  y(t: number): number;
}

/** The window fills the picture; without a height both axes have one scale, unless the window is more than four times as long as wide. */
export function pictureFrame({ window }: Slice, { width = DEFAULT_WIDTH, height }: Pick<PictureOptions, "width" | "height">): PictureFrame {
  let [s0, s1, t0, t1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < window.length; i += 2) {
    [s0, s1] = [Math.min(s0, window[i]!), Math.max(s1, window[i]!)];
    [t0, t1] = [Math.min(t0, window[i + 1]!), Math.max(t1, window[i + 1]!)];
  }
  const [spanS, spanT] = [s1 - s0 || 1, t1 - t0 || 1];
  const longest = 4;
  const own = width * Math.min(longest, Math.max(1 / longest, spanT / spanS));
  const high = height ?? Math.max(1, Math.round(own));
  return { width, height: high, x: (s) => ((s - s0) / spanS) * width, y: (t) => ((t1 - t) / spanT) * high };
}
