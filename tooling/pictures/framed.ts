import type { Pixels } from "@maso/analysis";

/** Pictures beside (row) or below each other (column) with white gaps. */
export function framed(pictures: readonly Pixels[], gap: number, along: "row" | "column"): Pixels {
  const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, gap * (sizes.length - 1));
  const [widths, heights] = [pictures.map(({ width }) => width), pictures.map(({ height }) => height)];
  const width = along === "row" ? total(widths) : Math.max(...widths);
  const height = along === "row" ? Math.max(...heights) : total(heights);
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  let at = 0;
  for (const picture of pictures) {
    const [left, top] = along === "row" ? [at, 0] : [0, at];
    for (let y = 0; y < picture.height; y++)
      data.set(picture.data.subarray(4 * y * picture.width, 4 * (y + 1) * picture.width), 4 * ((top + y) * width + left));
    at += gap + (along === "row" ? picture.width : picture.height);
  }
  return { width, height, data };
}
