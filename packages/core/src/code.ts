import type { Choice } from "./choice";
import { MasoError } from "./maso-error";

/** Which piece each unit of one quantizer uses, at each row. */
export interface LayerCode {
  /** Index into network.nodes. */
  readonly node: number;
  readonly id: string;
  readonly units: number;
  /** R. */
  readonly pieces: number;
  /** [rows, units]; of a soft unit the piece with the largest weight. */
  readonly choice: Choice;
  /** [rows, units, R]; null where all units are hard. */
  readonly weights: Float64Array | null;
}

/** The code of a batch: one layer per quantizer, in the network's order. */
export interface Code {
  readonly rows: number;
  readonly layers: readonly LayerCode[];
}

/** The number of units over all layers. */
export function codeUnits(code: Code): number {
  return code.layers.reduce((total, { units }) => total + units, 0);
}

/** For each layer, the number of units whose pieces differ between row i of a and row j of b. */
export function hammingDistances(a: Code, i: number, b: Code, j: number): number[] {
  checkComparable(a, b);
  return a.layers.map(({ units, choice }, l) => {
    const other = b.layers[l]!.choice;
    let different = 0;
    for (let k = 0; k < units; k++) if (choice[i * units + k] !== other[j * units + k]) different++;
    return different;
  });
}

/** All units use the same pieces. */
export function sameCode(a: Code, i: number, b: Code, j: number): boolean {
  return hammingDistances(a, i, b, j).every((different) => different === 0);
}

/** A 128-bit hash of the pieces that all units use at a row, in hexadecimal: a key for maps, not a proof of equality. */
export function codeKey(code: Code, row: number): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  let c = 0x85ebca6b;
  let d = 0xc2b2ae35;
  for (const { units, choice } of code.layers)
    for (let k = row * units; k < (row + 1) * units; k++) {
      const piece = choice[k]! + 1;
      a = Math.imul(a ^ piece, 0x01000193);
      b = Math.imul(b ^ piece, 0x5bd1e995) ^ (b >>> 15);
      c = Math.imul(c ^ piece, 0x1b873593) ^ (c >>> 13);
      d = Math.imul(d ^ piece, 0x2c1b3c6d) ^ (d >>> 16);
    }
  return [a, b, c, d].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function checkComparable(a: Code, b: Code): void {
  const same =
    a.layers.length === b.layers.length &&
    a.layers.every(({ units, pieces }, l) => units === b.layers[l]!.units && pieces === b.layers[l]!.pieces);
  if (!same) throw new MasoError("shape", "codes: the two codes come from different networks; they need the same layers and units");
}
