import type { TensorInfo } from "@tensorflow/tfjs-core";
import { loopArrays } from "../cpu-kernel";
import { kernelOutput } from "../kernel";
import { runLoop } from "../loops/run-loop";
import type { RunKernel } from "../register-kernels";

/** What the kernels use of TensorFlow.js's wasm backend. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: string): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): unknown;
}

export const wasmKernel: RunKernel<WasmBackend> = (name, inputs, attributes, backend) => {
  const { shape, dtype } = kernelOutput(name, inputs.v.shape[0]!, attributes);
  // Making room may move the heap: views are taken after it.
  const out = backend.makeOutput(shape, dtype);
  const read = <T>(info: TensorInfo | undefined): T | null => (info === undefined ? null : (backend.typedArrayFromHeap(info) as T));
  runLoop(name, read<Float32Array | Int32Array>(out)!, loopArrays(inputs, read), attributes);
  return out;
};
