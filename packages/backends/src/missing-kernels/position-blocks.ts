/** Positions of images: all of several, some rows of one, or some columns of one row. */
export interface PositionBlock {
  readonly image: number;
  readonly images: number;
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

export interface PositionBlocks {
  /** The largest number of images, rows and columns that a block has. */
  readonly images: number;
  readonly rows: number;
  readonly columns: number;
  readonly blocks: readonly PositionBlock[];
}

/** All positions of `batch` images of height × width in blocks of at most so many, in their order. */
export function positionBlocks(batch: number, height: number, width: number, most: number): PositionBlocks {
  const columns = evenly(width, most);
  const rows = columns < width ? 1 : evenly(height, most / width);
  const images = rows < height ? 1 : Math.max(1, Math.min(batch, Math.floor(most / (height * width))));
  const blocks: PositionBlock[] = [];
  for (let image = 0; image < batch; image += images)
    for (let row = 0; row < height; row += rows)
      for (let column = 0; column < width; column += columns)
        blocks.push({
          image,
          images: Math.min(images, batch - image),
          row,
          rows: Math.min(rows, height - row),
          column,
          columns: Math.min(columns, width - column),
        });
  return { images, rows, columns, blocks };
}

/** So many, or as many as make parts of nearly one size where those are too many. */
function evenly(count: number, most: number): number {
  return Math.ceil(count / Math.ceil(count / Math.max(1, Math.floor(most))));
}
