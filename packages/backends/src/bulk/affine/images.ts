import { reshape, type Tensor2D, type Tensor4D } from "@tensorflow/tfjs-core";

/** Rows as channels-last images. */
export function asImages(v: Tensor2D, [height, width, channels]: readonly [number, number, number]): Tensor4D {
  return reshape(v, [v.shape[0], height, width, channels]);
}

/** The inverse of asImages. */
export function asRows(x: Tensor4D): Tensor2D {
  const [rows, height, width, channels] = x.shape;
  return reshape(x, [rows, height * width * channels]);
}
