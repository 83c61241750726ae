import type { Shape } from "@maso/core";
import { PNG } from "pngjs";

export type ImageShape = readonly [height: number, width: number, channels: number];

/** The shape of a grey or coloured image, or null. */
export function imageShapeOf(shape: Shape): ImageShape | null {
  const [height, width, channels] = shape as ImageShape;
  return shape.length === 3 && (channels === 1 || channels === 3) && height > 1 && width > 1 ? [height, width, channels] : null;
}

/** An image as a data URI. Values in [0, 1] as they are; others stretched from their least to their greatest. */
export function imagePicture(values: Float64Array, shape: ImageShape): string {
  const [low, high] = range(values);
  const [from, span] = low >= 0 && high <= 1 ? [0, 1] : [low, high - low || 1];
  return draw(shape, (pixel, channels, put) => {
    const shade = (c: number): number => Math.round((255 * (values[pixel * channels + c]! - from)) / span);
    const [red, green, blue] = channels === 3 ? [shade(0), shade(1), shade(2)] : [shade(0), shade(0), shade(0)];
    put(red!, green!, blue!, 255);
  });
}

/** Signed values, summed over channels: red above 0, blue below, clear at 0, full at ± `scale`. */
export function signedPicture(values: Float64Array, shape: ImageShape, scale: number): string {
  return draw(shape, (pixel, channels, put) => {
    const sum = pixelSum(values, pixel, channels);
    const strength = Math.min(1, Math.abs(sum) / (scale || 1));
    const alpha = Math.round(255 * Math.sqrt(strength));
    if (sum > 0) put(214, 69, 65, alpha);
    else put(46, 116, 201, alpha);
  });
}

/** The largest magnitude that signedPicture meets. */
export function signedScale(values: Float64Array, [height, width, channels]: ImageShape): number {
  let scale = 0;
  for (let pixel = 0; pixel < height * width; pixel++) scale = Math.max(scale, Math.abs(pixelSum(values, pixel, channels)));
  return scale;
}

function pixelSum(values: Float64Array, pixel: number, channels: number): number {
  let sum = 0;
  for (let c = 0; c < channels; c++) sum += values[pixel * channels + c]!;
  return sum;
}

function range(values: Float64Array): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}

type Put = (red: number, green: number, blue: number, alpha: number) => void;

function draw([height, width, channels]: ImageShape, paint: (pixel: number, channels: number, put: Put) => void): string {
  const png = new PNG({ width, height });
  for (let pixel = 0; pixel < width * height; pixel++) paint(pixel, channels, (...colour) => png.data.set(colour, pixel * 4));
  return `data:image/png;base64,${PNG.sync.write(png).toString("base64")}`;
}
