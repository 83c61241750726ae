import type { SlicePartition } from "../partition-result";
import { areClose, CODE_COLOURS } from "./palettes";
import { smallestLast } from "./smallest-last";

/** A colour of the code palette for each face: by a hash of its code key, or the next one after it that no neighbour is close to. */
export function codeColours({ codeKeys, edgeFaces }: Pick<SlicePartition, "codeKeys" | "edgeFaces">): Uint16Array {
  const faces = codeKeys.length;
  const { order, neighbours } = smallestLast(faces, edgeFaces);
  const colours = new Uint16Array(faces).fill(NONE);
  for (const face of order) {
    const first = hashOf(codeKeys[face]!) % CODE_COLOURS;
    const taken = [...neighbours(face)].map((other) => colours[other]!).filter((colour) => colour !== NONE);
    for (let attempt = 0; attempt < CODE_COLOURS; attempt++) {
      const colour = (first + attempt * STRIDE) % CODE_COLOURS;
      colours[face] = colour;
      if (!taken.some((other) => areClose(colour, other))) break;
    }
  }
  return colours;
}

const NONE = 65535;
/** No divisor in common with CODE_COLOURS. */
const STRIDE = 23;

/** FNV-1a, mixed once more. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
