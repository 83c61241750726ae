import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { type Random, sizeOf } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";

/** An array of float32 or int32 values with its shape. */
export interface Values {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** Runs a kernel of tfjs on a backend. */
export function runKernel(
  backend: "cpu" | "wasm",
  name: string,
  inputs: Readonly<Record<string, Values>>,
  attributes: object,
): Float32Array {
  return onBackend(backend, () => tf.engine().runKernel(name, tensorsOf(inputs), attributes as tf.NamedAttrMap) as tf.Tensor);
}

/** The values that `work` makes on a backend. */
export function onBackend(backend: "cpu" | "wasm", work: () => tf.Tensor): Float32Array {
  if (tf.getBackend() !== backend) tf.setBackend(backend);
  // Not the result of tf.tidy, which looks for tensors in every value of it.
  let values = new Float32Array();
  tf.tidy(() => {
    values = work().dataSync() as Float32Array<ArrayBuffer>;
  });
  return values;
}

export function tensorsOf(inputs: Readonly<Record<string, Values>>): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(inputs).map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]));
}

/** Normal numbers in float32. */
export function normals(source: Random, shape: readonly number[]): Values {
  return { data: Float32Array.from({ length: sizeOf(shape) }, source.normal), shape };
}

export function magnitudes({ data, shape }: Values): Values {
  return { data: data.map(Math.abs), shape };
}

/** The unit roundoff of float32. */
const UNIT = 2 ** -24;

/**
 * How far a float32 sum of so many products may be from the exact one, in any order, beside the sum of their magnitudes:
 * γ = (n + 1)·u / (1 − (n + 1)·u), n additions and a product (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1). Blocks are
 * added up on the way, which is an order too. One more u for the rounding of the result that it is compared with.
 */
export function sumTolerance(terms: number): number {
  const n = (terms + 1) * UNIT;
  return n / (1 - n) + UNIT;
}
