import { blocksOf, type Codes } from "./code-source";
import { type Tile, tiles } from "./tiles";

/**
 * The units in which each row of a differs from each of b, for sets whose matrix or whose codes are too large to hold: tile by tile, from left
 * to right, the blocks of b for each block of a. Throws "shape".
 */
export async function* distanceTiles(a: Codes, b: Codes): AsyncGenerator<Tile> {
  let row = 0;
  for await (const some of blocksOf(a)) {
    let column = 0;
    for await (const others of blocksOf(b)) {
      for (const tile of tiles(some, others)) yield { ...tile, row: row + tile.row, column: column + tile.column };
      column += others.rows;
    }
    row += some.rows;
  }
}
