import { type Choice, type Code, type LayerCode, MasoError } from "@maso/core";
import type { CodeLayout } from "./code-layout";
import { packedPiece, packPiece } from "./packed-piece";

/** The codes of several inputs, packed. */
export interface PackedCodes {
  readonly layout: CodeLayout;
  readonly rows: number;
  /** [rows, layout.words]. */
  readonly words: Int32Array;
}

/** Packs a code of the layout's network. Throws "shape". */
export function packCode(layout: CodeLayout, { rows, layers }: Code): PackedCodes {
  checkLayers(layout, layers);
  const words = new Int32Array(rows * layout.words);
  layout.nodes.forEach((node, l) => {
    const { choice } = layers[l]!;
    for (let row = 0, from = 0; row < rows; row++)
      for (let k = 0; k < node.units; k++) packPiece(node, words, row * layout.words + node.start, k, choice[from++]!);
  });
  return { layout, rows, words };
}

/** What was packed. The weights of soft units are not part of it: they are null. */
export function unpackCode({ layout, rows, words }: PackedCodes): Code {
  const layers = layout.nodes.map((node) => {
    const { node: index, id, units, pieces } = node;
    const choice: Choice = pieces <= 256 ? new Uint8Array(rows * units) : new Uint32Array(rows * units);
    for (let row = 0, to = 0; row < rows; row++)
      for (let k = 0; k < units; k++) choice[to++] = packedPiece(node, words, row * layout.words + node.start, k);
    return { node: index, id, units, pieces, choice, weights: null };
  });
  return { rows, layers };
}

/** The packed codes of given words. Throws "shape" where they do not make so many rows. */
export function packedCodes(layout: CodeLayout, rows: number, words: Int32Array): PackedCodes {
  if (words.length !== rows * layout.words)
    throw new MasoError(
      "shape",
      `packed codes: ${words.length} words given; ${rows} rows of ${layout.words} words need ${rows * layout.words}`,
    );
  return { layout, rows, words };
}

function checkLayers({ nodes }: CodeLayout, layers: readonly LayerCode[]): void {
  const fits =
    nodes.length === layers.length &&
    nodes.every(({ node, units, pieces }, l) => node === layers[l]!.node && units === layers[l]!.units && pieces === layers[l]!.pieces);
  if (!fits)
    throw new MasoError("shape", "packCode: the code and the layout come from different networks; they need the same layers and units");
}
