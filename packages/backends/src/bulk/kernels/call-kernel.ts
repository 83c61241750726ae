import { engine, type Tensor2D } from "@tensorflow/tfjs-core";
import type { KernelInputs, KernelName, SparseAttributes, UnitAttributes } from "./kernel";
import { SELECT } from "./wasm/select-kernel";

/** The code and the values of hard units, by the kernel that makes both. */
export function callSelect(inputs: KernelInputs, attributes: UnitAttributes): [code: Tensor2D, values: Tensor2D] {
  return engine().runKernel(SELECT, inputs as never, { maso: attributes } as never) as unknown as [Tensor2D, Tensor2D];
}

/** Runs one of maso's kernels on the current backend. */
export function callKernel(name: KernelName, inputs: KernelInputs, attributes: UnitAttributes | SparseAttributes): Tensor2D {
  // Attributes are typed for TensorFlow.js's own kernels; it hands them on as they are.
  return engine().runKernel(name, inputs as never, { maso: attributes } as never) as Tensor2D;
}
