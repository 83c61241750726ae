import type { Scene } from "./scene";

/** The input at a point of the slice, where it is a picture: values in [0, 1] as they are, others stretched. */
export function drawInput(canvas: HTMLCanvasElement, { image, plane }: Scene, s: number, t: number): void {
  if (image === null) return;
  const [height, width, channels] = image;
  const size = height * width * channels;
  const x = Float32Array.from({ length: size }, (_, i) => plane[i]! + s * plane[size + i]! + t * plane[2 * size + i]!);
  const [low, high] = x.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  const [from, span] = low >= -SLACK && high <= 1 + SLACK ? [0, 1] : [low, high - low || 1];
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  const pixels = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) pixels.data[4 * pixel + c] = (255 * (x[pixel * channels + (channels === 3 ? c : 0)]! - from)) / span;
    pixels.data[4 * pixel + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
}

/** Mixtures of pictures go a little below 0 and above 1 and are cut there. */
const SLACK = 0.5;
