import { type Choice, type Code, type LayerCode, MasoError } from "@maso/core";
import type { CodeLayout, CodeNode } from "./code-layout";

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
    for (let row = 0; row < rows; row++) packRow(words, row * layout.words + node.start, choice, row * node.units, node);
  });
  return { layout, rows, words };
}

/** What was packed. The weights of soft units are not part of it: they are null. */
export function unpackCode({ layout, rows, words }: PackedCodes): Code {
  const layers = layout.nodes.map((node) => {
    const { node: index, id, units, pieces } = node;
    const choice: Choice = pieces <= 256 ? new Uint8Array(rows * units) : new Uint32Array(rows * units);
    for (let row = 0; row < rows; row++) unpackRow(choice, row * units, words, row * layout.words + node.start, node);
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

/** The bits of the other units in a word are kept. */
function packRow(words: Int32Array, at: number, choice: Choice, from: number, { units, bits }: CodeNode): void {
  if (bits === 32) words.set(choice.subarray(from, from + units), at);
  else if (bits === 8) for (let k = 0; k < units; k++) words[at + (k >> 2)]! |= choice[from + k]! << ((k & 3) << 3);
  else for (let k = 0; k < units; k++) words[at + (k >> 5)]! |= choice[from + k]! << (k & 31);
}

function unpackRow(choice: Choice, to: number, words: Int32Array, at: number, { units, bits }: CodeNode): void {
  if (bits === 32) choice.set(words.subarray(at, at + units), to);
  else if (bits === 8) for (let k = 0; k < units; k++) choice[to + k] = (words[at + (k >> 2)]! >>> ((k & 3) << 3)) & 255;
  else for (let k = 0; k < units; k++) choice[to + k] = (words[at + (k >> 5)]! >>> (k & 31)) & 1;
}

function checkLayers({ nodes }: CodeLayout, layers: readonly LayerCode[]): void {
  const fits =
    nodes.length === layers.length &&
    nodes.every(({ node, units, pieces }, l) => node === layers[l]!.node && units === layers[l]!.units && pieces === layers[l]!.pieces);
  if (!fits)
    throw new MasoError("shape", "packCode: the code and the layout come from different networks; they need the same layers and units");
}
