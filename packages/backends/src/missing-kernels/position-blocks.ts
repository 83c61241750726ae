/** Output positions: some rows of one image, or all rows of several. */
export interface PositionBlock {
  readonly image: number;
  readonly images: number;
  readonly row: number;
  readonly rows: number;
}

export interface PositionBlocks {
  /** The largest number of images and of rows that a block has. */
  readonly images: number;
  readonly rows: number;
  readonly blocks: readonly PositionBlock[];
}

/** All positions of `batch` images of height × width in blocks of at most so many, or of one row where a row has more. */
export function positionBlocks(batch: number, height: number, width: number, most: number): PositionBlocks {
  const fitting = Math.max(1, Math.floor(most / width));
  const images = Math.max(1, Math.min(batch, Math.floor(fitting / height)));
  const rows = Math.ceil(height / Math.ceil(height / fitting));
  const blocks: PositionBlock[] = [];
  for (let image = 0; image < batch; image += images)
    for (let row = 0; row < height; row += rows)
      blocks.push({ image, images: Math.min(images, batch - image), row, rows: Math.min(rows, height - row) });
  return { images, rows, blocks };
}
