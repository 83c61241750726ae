import { engine, type Tensor2D } from "@tensorflow/tfjs-core";
import type { KernelInputs, KernelName, SparseAttributes, UnitAttributes } from "./kernel";

/** Runs one of maso's kernels on the current backend. */
export function callKernel(name: KernelName, inputs: KernelInputs, attributes: UnitAttributes | SparseAttributes): Tensor2D {
  // Attributes are typed for TensorFlow.js's own kernels; it hands them on as they are.
  return engine().runKernel(name, inputs as never, { maso: attributes } as never) as Tensor2D;
}
