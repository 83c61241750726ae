import type { Shape } from "@maso/core";

type Edges = readonly [before: number, after: number];

/** How many zeros a gather writes around a channels-last image, [[top, bottom], [left, right]]; null where it does anything else. */
export function zerosAround(image: Shape, output: Shape, index: Int32Array): readonly [Edges, Edges] | null {
  if (image.length !== 3 || output.length !== 3 || image[2] !== output[2]) return null;
  const [height, width, channels] = image as readonly [number, number, number];
  const first = index.indexOf(0);
  const [top, left] = [Math.floor(first / channels / output[1]!), Math.floor(first / channels) % output[1]!];
  const [bottom, right] = [output[0]! - height - top, output[1]! - width - left];
  if (first < 0 || bottom < 0 || right < 0) return null;
  for (let y = 0, k = 0; y < output[0]!; y++)
    for (let x = 0; x < output[1]!; x++) {
      const within = y >= top && y < top + height && x >= left && x < left + width;
      const start = within ? ((y - top) * width + x - left) * channels : -1;
      for (let c = 0; c < channels; c++, k++) if (index[k] !== (within ? start + c : -1)) return null;
    }
  return [
    [top, bottom],
    [left, right],
  ];
}
