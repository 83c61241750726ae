import type { Pixels } from "@maso/analysis";

/** A square image of values from −1 to 1 in shades of grey, each value a square of `scale` pixels. */
export function facePixels(face: Float64Array, scale: number): Pixels {
  const size = Math.sqrt(face.length);
  const width = size * scale;
  const data = new Uint8ClampedArray(4 * width * width).fill(255);
  for (let i = 0; i < width * width; i++) {
    const value = face[Math.floor(Math.floor(i / width) / scale) * size + Math.floor((i % width) / scale)]!;
    data.fill(127.5 * (value + 1), 4 * i, 4 * i + 3);
  }
  return { width, height: width, data };
}
