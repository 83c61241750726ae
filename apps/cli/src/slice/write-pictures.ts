import { type FaceColour, type PictureOptions, partitionPixels, partitionSvg, type SlicePartition, sequenceSvg } from "@maso/analysis";
import { FRAME_SECONDS, LAST_FRAME_SECONDS, sequenceOptions } from "@maso/analysis/picture";
import type { Network } from "@maso/core";
import { oneOf, wholeNumber } from "../input/option-values";
import { checkWritable, writeFileAtomically } from "../output/write-file-atomically";

export interface PictureFlags {
  readonly svg?: string;
  readonly png?: string;
  readonly html?: string;
  readonly colour: string;
  readonly edges: string;
  readonly boundary: boolean;
  readonly dark?: boolean;
  readonly width: string;
}

/** What pictures are made of. */
export interface Drawn {
  /** The model as the user named it. */
  readonly title: string;
  readonly network: Network;
  /** Earlier checkpoints, then the model itself. */
  readonly frames: readonly SlicePartition[];
}

/** The pictures that options ask for, checked before the long work; `write` gives their paths. Throws "usage" or "file". */
export function pictureJobs(flags: PictureFlags): { write(drawn: Drawn): Promise<readonly string[]> } {
  const { svg, png, html } = flags;
  const options: PictureOptions = {
    colour: oneOf("--colour", flags.colour, COLOURS),
    edges: EDGES[oneOf("--edges", flags.edges, Object.keys(EDGES) as (keyof typeof EDGES)[])],
    boundary: flags.boundary,
    theme: flags.dark ? "dark" : "light",
    width: wholeNumber("--width", flags.width, 16, 8192),
  };
  const paths = [svg, png, html].filter((path) => path !== undefined);
  for (const path of paths) checkWritable(path);
  return {
    async write(drawn) {
      const { frames } = drawn;
      const one = frames.length === 1;
      if (svg !== undefined) writeFileAtomically(svg, one ? partitionSvg(frames[0]!, options) : sequenceSvg(frames, options));
      if (png !== undefined) writeFileAtomically(png, await pngOf(frames, options));
      if (html !== undefined) {
        const { renderPartitionPage } = await import("../report/partition-page/render-partition-page");
        writeFileAtomically(html, renderPartitionPage(drawn.title, drawn.network, frames.at(-1)!, options));
      }
      return paths;
    },
  };
}

const COLOURS: readonly FaceColour[] = ["code", "layer", "lipschitz", "class"];
const EDGES = { layers: "layers", all: true, none: false } as const;

async function pngOf(frames: readonly SlicePartition[], options: PictureOptions): Promise<Uint8Array> {
  const { encodeAnimatedPng, encodePng } = await import("../output/encode-png");
  if (frames.length === 1) return encodePng(partitionPixels(frames[0]!, options));
  const shared = sequenceOptions(frames, options);
  return encodeAnimatedPng(
    frames.map((frame) => partitionPixels(frame, shared)),
    frames.map((_, i) => (i < frames.length - 1 ? FRAME_SECONDS : LAST_FRAME_SECONDS)),
  );
}
