import type { DataId, TensorInfo } from "@tensorflow/tfjs-core";
import { loopArrays } from "../cpu-kernel";
import { type KernelInputs, kernelOutput } from "../kernel";
import { runLoop } from "../loops/run-loop";
import type { RunKernel } from "../register-kernels";
import { type Address, runModule } from "./run-module";
import { sharedModule } from "./share-memory";

/** What the kernels use of TensorFlow.js's wasm backend. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: string): TensorInfo;
  getMemoryOffset(id: DataId): number;
  typedArrayFromHeap(info: TensorInfo): unknown;
}

export const wasmKernel: RunKernel<WasmBackend> = (name, inputs, attributes, backend) => {
  const rows = inputs.v.shape[0]!;
  const { shape, dtype } = kernelOutput(name, rows, attributes);
  // Making room may move the heap: views are taken after it.
  const out = backend.makeOutput(shape, dtype);
  const module = sharedModule(backend);
  if (module) runModule(module, name, backend.getMemoryOffset(out.dataId), addressesOf(inputs, backend), rows, attributes);
  else {
    const read = <T>(info: TensorInfo | undefined): T | null => (info === undefined ? null : (backend.typedArrayFromHeap(info) as T));
    runLoop(name, read<Float32Array | Int32Array>(out)!, loopArrays(inputs, read), attributes);
  }
  return out;
};

/** Where the inputs stand; 0 for none. */
export const addressesOf =
  (inputs: KernelInputs, backend: WasmBackend): Address =>
  (input) =>
    inputs[input] === undefined ? 0 : backend.getMemoryOffset(inputs[input].dataId);
