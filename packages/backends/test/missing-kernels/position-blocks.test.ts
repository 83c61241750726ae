import { random } from "@maso/core";
import { expect, it } from "vitest";
import { positionBlocks } from "../../src/missing-kernels/position-blocks";

it("covers every position once, in blocks of at most so many", () => {
  const { integer } = random(81);
  for (let trial = 0; trial < 300; trial++) {
    const [batch, height, width, most] = [1 + integer(5), 1 + integer(9), 1 + integer(9), 0.5 + integer(60)];
    const { blocks, ...largest } = positionBlocks(batch, height, width, most);
    const seen = new Uint8Array(batch * height * width);
    for (const { image, images, row, rows, column, columns } of blocks) {
      expect(images * rows * columns).toBeLessThanOrEqual(Math.max(1, most));
      expect([images <= largest.images, rows <= largest.rows, columns <= largest.columns]).toEqual([true, true, true]);
      if (rows < height) expect(images).toBe(1);
      if (columns < width) expect(rows).toBe(1);
      for (let n = image; n < image + images; n++)
        for (let y = row; y < row + rows; y++) for (let x = column; x < column + columns; x++) seen[(n * height + y) * width + x]!++;
    }
    expect(seen.every((count) => count === 1)).toBe(true);
  }
});
