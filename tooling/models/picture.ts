import { random, type Shape, sizeOf } from "@maso/core";

/** A seeded picture of soft blobs in [0, 1], of one value or several a pixel; other shapes get blobs along their first axis. Exact in float32. */
export function picture(shape: Shape, seed = 1): Float64Array {
  const [height, width, channels] =
    shape.length === 3 ? (shape as readonly [number, number, number]) : [shape[0]!, 1, sizeOf(shape.slice(1))];
  const { uniform, normal } = random(seed);
  const blobs = Array.from({ length: 12 }, () => ({
    y: uniform() * height,
    x: uniform() * width,
    spread: (0.05 + 0.25 * uniform()) * Math.max(height, width),
    colour: Array.from({ length: channels }, () => 0.6 * normal()),
  }));
  const value = (y: number, x: number, c: number): number =>
    blobs.reduce((sum, blob) => sum + blob.colour[c]! * Math.exp(-((y - blob.y) ** 2 + (x - blob.x) ** 2) / blob.spread ** 2), 0.5);
  return Float64Array.from({ length: height * width * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    return Math.fround(Math.min(1, Math.max(0, value(Math.floor(pixel / width), pixel % width, i % channels))));
  });
}
