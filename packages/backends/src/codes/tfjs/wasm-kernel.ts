import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { HammingKernel } from "./register-hamming-distances";
import { writeCounts } from "./write-counts";

/** What the kernel uses of TensorFlow.js's wasm backend. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: string): TensorInfo;
  /** A view of the heap, good until the next allocation. */
  typedArrayFromHeap(tensor: TensorInfo): unknown;
}

export const wasmKernel: HammingKernel<WasmBackend> = ({ a, b }, { sections }, backend) => {
  const [rows, columns] = [a.shape[0]!, b.shape[0]!];
  // Making room may move the heap: views are taken after it.
  const result = backend.makeOutput([rows, columns], "int32");
  const view = (tensor: TensorInfo): Int32Array => backend.typedArrayFromHeap(tensor) as Int32Array;
  writeCounts(view(result), sections, { rows, words: view(a) }, { rows: columns, words: view(b) });
  return result;
};
