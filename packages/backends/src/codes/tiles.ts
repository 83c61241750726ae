import { MasoError } from "@maso/core";
import type { CodeLayout } from "./code-layout";
import { countDifferences } from "./count-differences";
import type { PackedCodes } from "./packed-codes";
import type { CodeRows } from "./plain-differences";
import { rowWords, type Section, sectionsOf } from "./sections";

/** A part of the matrix of counts. */
export interface Tile {
  /** The first row of a and of b. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** Units that differ, [rows, columns]: a view that is good until the next tile. */
  readonly counts: Int32Array;
}

const MOST_ROWS = 512;
const MOST_COLUMNS = 2048;
/** Of either side: a tile of long codes has fewer rows. */
const MOST_BYTES = 2 ** 22;

/** The units in which each row of a differs from each of b, tile by tile; of equal rows the lower columns first. Throws "shape". */
export function tiles(a: PackedCodes, b: PackedCodes): Generator<Tile> {
  checkComparable(a.layout, b.layout);
  return sectionTiles(sectionsOf(a.layout), a, b);
}

/** The same for rows whose sections are known. */
export function* sectionTiles(sections: readonly Section[], a: CodeRows, b: CodeRows): Generator<Tile> {
  const width = rowWords(sections);
  const fitting = Math.max(2, Math.floor(MOST_BYTES / (4 * Math.max(1, width))));
  const [mostRows, mostColumns] = [Math.min(MOST_ROWS, fitting), Math.min(MOST_COLUMNS, fitting)];
  for (let row = 0; row < a.rows; row += mostRows) {
    const some = part(a, width, row, mostRows);
    for (let column = 0; column < b.rows; column += mostColumns) {
      const others = part(b, width, column, mostColumns);
      yield { row, column, rows: some.rows, columns: others.rows, counts: countDifferences(sections, some, others) };
    }
  }
}

function part({ rows, words }: CodeRows, width: number, from: number, most: number): CodeRows {
  const to = Math.min(rows, from + most);
  return { rows: to - from, words: words.subarray(from * width, to * width) };
}

export function checkComparable(a: CodeLayout, b: CodeLayout): void {
  const same =
    a === b ||
    (a.nodes.length === b.nodes.length &&
      a.nodes.every(({ units, pieces }, n) => units === b.nodes[n]!.units && pieces === b.nodes[n]!.pieces));
  if (!same)
    throw new MasoError("shape", "codes: the two sets come from different networks; they need layouts with the same nodes and units");
}
