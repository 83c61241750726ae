import { formatShape, MasoError } from "@maso/core";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { CodeLayout } from "../code-layout";
import { sectionsOf } from "../sections";
import { HAMMING_DISTANCES, type HammingAttributes, registerHammingDistances } from "./register-hamming-distances";
import type { Tfjs } from "./tfjs";

/**
 * The number of units in which each row of a differs from each of b, int32 [rows of a, rows of b]; a and b are int32 tensors of packed codes,
 * [rows, layout.words]. Divided by layout.units it is the distance. Runs the kernel "HammingDistances" of the current backend, cpu, wasm or
 * webgpu, and registers it where that has not happened. Throws "shape", "params" or "unsupported".
 */
export function hammingDistances(tf: Tfjs, layout: CodeLayout, a: Tensor2D, b: Tensor2D): Tensor2D {
  check("a", a, layout);
  check("b", b, layout);
  const shape: [number, number] = [a.shape[0], b.shape[0]];
  if (layout.words === 0 || shape.includes(0)) return tf.zeros(shape, "int32");
  registerHammingDistances(tf);
  if (!tf.getKernel(HAMMING_DISTANCES, tf.getBackend()))
    throw new MasoError("unsupported", `hammingDistances: the backend is ${tf.getBackend()}; needs cpu, wasm or webgpu`);
  const attributes: HammingAttributes = { sections: sectionsOf(layout) };
  // Attributes are typed for TensorFlow.js's own kernels; it hands them on as they are.
  return tf.engine().runKernel(HAMMING_DISTANCES, { a, b }, attributes as never) as Tensor2D;
}

function check(name: string, { shape, dtype }: Tensor2D, { words }: CodeLayout): void {
  if (shape.length !== 2 || shape[1] !== words)
    throw new MasoError("shape", `hammingDistances: ${name} is ${formatShape(shape)}; needs [rows, ${words}]`, { at: name });
  if (dtype !== "int32") throw new MasoError("params", `hammingDistances: ${name} is ${dtype}; needs int32`, { at: name });
}
