import { MasoError } from "@maso/core";
import type { SlicePartition } from "../partition-result";
import { svgDocument, svgLayers } from "./partition-svg";
import { pictureFrame } from "./picture-frame";
import type { PictureOptions } from "./picture-options";
import { lipschitzRange } from "./slope-norms";

/** Seconds that a frame of a sequence shows, and the last one. */
export const FRAME_SECONDS = 0.8;
export const LAST_FRAME_SECONDS = 2.4;

/** What all frames of a sequence share: the colours of Lipschitz constants. */
export function sequenceOptions(frames: readonly SlicePartition[], options: PictureOptions): PictureOptions {
  if (frames.length === 0) throw new MasoError("params", "sequence: no partitions given; at least one is needed");
  return options.colour === "lipschitz" ? { lipschitzRange: lipschitzRange(frames), ...options } : options;
}

/** An animation of partitions as one SVG document that browsers play, over and over; where motion is not wanted the last one stands. */
export function sequenceSvg(frames: readonly SlicePartition[], options: PictureOptions = {}): string {
  const shared = sequenceOptions(frames, options);
  const frame = pictureFrame(frames[0]!.slice, shared);
  const total = FRAME_SECONDS * (frames.length - 1) + LAST_FRAME_SECONDS;
  const rules = frames.map((_, i) => {
    const from = ((100 * FRAME_SECONDS * i) / total).toFixed(3);
    const to = i === frames.length - 1 ? "100" : ((100 * FRAME_SECONDS * (i + 1)) / total).toFixed(3);
    const before = i === 0 ? "" : "0%{visibility:hidden}";
    const after = i === frames.length - 1 ? "" : `${to}%,100%{visibility:hidden}`;
    return `@keyframes f${i}{${before}${from}%{visibility:visible}${after}}#f${i}{animation:f${i} ${total}s steps(1,end) infinite}`;
  });
  const style = `<style>.frame{visibility:hidden}.last{visibility:visible}@media (prefers-reduced-motion:no-preference){${rules.join("")}}</style>`;
  const groups = frames.map(
    (each, i) => `<g id="f${i}" class="frame${i === frames.length - 1 ? " last" : ""}">${svgLayers(each, frame, shared)}</g>`,
  );
  return svgDocument(frame, `A partition at ${frames.length} steps`, `${style}${groups.join("\n")}`);
}
