import { MasoError } from "@maso/core";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";

/** What a kernel needs of tfjs's wasm backend. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  /** A view of the heap, good until the next allocation. */
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array | Uint8Array;
  disposeData(dataId: TensorInfo["dataId"]): boolean;
}

/** A float32 tensor of a shape, which `write` fills; nothing is left where that throws. No view of the heap from before is good after. */
export function makeTensor(backend: WasmBackend, shape: readonly number[], write: (values: Float32Array) => void): TensorInfo {
  const tensor = backend.makeOutput([...shape], "float32");
  try {
    write(backend.typedArrayFromHeap(tensor) as Float32Array);
    return tensor;
  } catch (error) {
    backend.disposeData(tensor.dataId);
    throw error;
  }
}

/** The values of a tensor as float32: where that is its type a view of the heap, good until the next allocation. */
export function floatsOf(backend: WasmBackend, tensor: TensorInfo): Float32Array {
  const values = backend.typedArrayFromHeap(tensor);
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

/** Throws "params" where the values of a tensor are no real numbers. */
export function checkType(who: string, name: string, { dtype }: TensorInfo): void {
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool")
    throw new MasoError("params", `${who}: ${name} is ${dtype}; needs float32, int32 or bool`, { at: name });
}
