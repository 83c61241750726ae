import type { UnitSpec } from "../unit-spec";

/** The piece of unit k in the packed code that starts at words[at]. */
export function packedPiece({ bits }: UnitSpec, words: Int32Array, at: number, k: number): number {
  if (bits === 1) return (words[at + (k >> 5)]! >>> (k & 31)) & 1;
  if (bits === 8) return (words[at + (k >> 2)]! >>> ((k & 3) << 3)) & 255;
  return words[at + k]!;
}

/** Adds the piece of unit k to a packed code that has none of it yet. */
export function packPiece({ bits }: UnitSpec, words: Int32Array, at: number, k: number, piece: number): void {
  if (bits === 1) words[at + (k >> 5)]! |= piece << (k & 31);
  else if (bits === 8) words[at + (k >> 2)]! |= piece << ((k & 3) << 3);
  else words[at + k] = piece;
}
