import { checkShape, MasoError } from "@maso/core";
import type { Image } from "./image";

/** An IDX file, the format of MNIST and its like: two zeros, a type, the number of axes. */
export const isIdx = (bytes: Uint8Array): boolean => bytes[0] === 0 && bytes[1] === 0 && bytes.length >= 4;

/** The grey images of an IDX file of unsigned bytes, [images, height, width]. Throws "format" or "too-large". */
export function openIdx(file: string, bytes: Buffer): { readonly count: number; images(): Iterable<{ readonly image: Image }> } {
  const [type, axes] = [bytes[2]!, bytes[3]!];
  if (type !== UNSIGNED_BYTES || axes !== AXES)
    throw new MasoError(
      "format",
      `${file}: an IDX file of type ${type} with ${axes} axes; expected images: unsigned bytes (8) with 3 axes`,
    );
  const start = 4 + 4 * AXES;
  if (bytes.length < start) throw new MasoError("format", `${file}: truncated; the IDX header needs ${start} bytes, got ${bytes.length}`);
  const [count, height, width] = [4, 8, 12].map((at) => bytes.readUInt32BE(at)) as [number, number, number];
  checkShape(`${file}: IDX`, [height, width]);
  const needed = count * height * width;
  if (count === 0 || bytes.length - start < needed)
    throw new MasoError(
      "format",
      `${file}: truncated; ${count} images of ${width}×${height} need ${needed} bytes, got ${bytes.length - start}`,
    );
  const image = (i: number): Image => {
    const pixels = bytes.subarray(start + i * height * width, start + (i + 1) * height * width);
    const rgba = new Uint8Array(4 * pixels.length).fill(255);
    for (let p = 0; p < pixels.length; p++) for (let channel = 0; channel < 3; channel++) rgba[4 * p + channel] = pixels[p]!;
    return { width, height, gray: true, rgba };
  };
  return {
    count,
    *images() {
      for (let i = 0; i < count; i++) yield { image: image(i) };
    },
  };
}

const UNSIGNED_BYTES = 8;
const AXES = 3;
