import type { ConvGeometry } from "./compute";

/** Each output pixel reads all channels of its own input pixel and nothing else: the images are rows of a matrix. */
export function isPointwise({ input, output, kernel, padding, groups }: ConvGeometry): boolean {
  const unpadded = padding[0][0] === 0 && padding[1][0] === 0;
  return groups === 1 && kernel[0] === 1 && kernel[1] === 1 && unpadded && input[0] === output[0] && input[1] === output[1];
}
