import type { SlicePartition } from "../partition-result";
import { classPieces } from "./class-pieces";
import { codeColours, hashOf } from "./code-colours";
import { finalLayers } from "./final-layers";
import type { Rgb } from "./oklch";
import { classPalette, codePalette, layerPalette, RAMP_COLOURS, rampPalette, TONES } from "./palettes";
import type { FaceColour, PictureOptions, Theme } from "./picture-options";
import { lipschitzRange, slopeNorms } from "./slope-norms";

/** A colour for each face, as an index into a palette; split faces come in pieces. */
export interface Paint {
  /** By face; SPLIT where its pieces have colours of their own. */
  readonly colours: Uint16Array;
  /** Corners (s, t) of pieces: piece p has start[p] ... start[p + 1] − 1. */
  readonly corners: Float64Array;
  readonly start: Int32Array;
  readonly pieceColours: Uint16Array;
  /** At most this many colours. */
  readonly count: number;
  palette(theme: Theme): readonly Rgb[];
}

export function paintFaces(partition: SlicePartition, colour: FaceColour, options: Pick<PictureOptions, "lipschitzRange"> = {}): Paint {
  const { layers, outputs, codeKeys } = partition;
  if (colour === "class") {
    const { classes, corners, start, pieceClasses } = classPieces(partition);
    const count = Math.max(2, outputs);
    return { colours: classes, corners, start, pieceColours: pieceClasses, count, palette: (theme) => classPalette(theme, count) };
  }
  if (colour === "code") return whole(codeColours(partition), codePalette);
  if (colour === "layer") {
    const final = finalLayers(partition);
    const tones = Uint16Array.from(codeKeys, (key, face) => final[face]! * TONES + (hashOf(key) % TONES));
    return whole(tones, (theme) => layerPalette(theme, layers.length));
  }
  const norms = slopeNorms(partition);
  const [low, high] = options.lipschitzRange ?? lipschitzRange([partition]);
  const place = (norm: number): number => (high > low ? Math.min(1, Math.max(0, (norm - low) / (high - low))) : 0);
  return whole(
    Uint16Array.from(norms, (norm) => Math.round(place(norm) * (RAMP_COLOURS - 1))),
    rampPalette,
  );
}

function whole(colours: Uint16Array, palette: Paint["palette"]): Paint {
  return {
    colours,
    corners: new Float64Array(0),
    start: Int32Array.of(0),
    pieceColours: new Uint16Array(0),
    count: palette("light").length,
    palette,
  };
}
