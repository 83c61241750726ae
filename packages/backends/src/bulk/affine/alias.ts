import { reshape, type Tensor } from "@tensorflow/tfjs-core";

/** Another tensor of the same values, to be disposed of by itself. TensorFlow.js's own clone copies them on wasm. */
export function alias<T extends Tensor>(x: T): T {
  return reshape(x, x.shape) as T;
}
