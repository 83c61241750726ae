import type { DataId, TensorInfo } from "@tensorflow/tfjs-core";
import { kernelOutput } from "./kernel";
import { type LoopArrays, runLoop } from "./loops/run-loop";
import type { RunKernel } from "./register-kernels";

/** What the kernels use of TensorFlow.js's cpu backend. */
export interface CpuBackend {
  readonly data: { get(id: DataId): { readonly values: unknown } };
  makeTensorInfo(shape: number[], dtype: string, values: Float32Array | Int32Array): TensorInfo;
}

export const cpuKernel: RunKernel<CpuBackend> = (name, inputs, attributes, backend) => {
  const { shape, dtype } = kernelOutput(name, inputs.v.shape[0]!, attributes);
  const out = dtype === "int32" ? new Int32Array(shape[0] * shape[1]) : new Float32Array(shape[0] * shape[1]);
  const read = <T>(info: TensorInfo | undefined): T | null => (info === undefined ? null : (backend.data.get(info.dataId).values as T));
  runLoop(name, out, loopArrays(inputs, read), attributes);
  return backend.makeTensorInfo(shape, dtype, out);
};

/** The values of all inputs. */
export function loopArrays(inputs: Parameters<typeof cpuKernel>[1], read: <T>(info: TensorInfo | undefined) => T | null): LoopArrays {
  return {
    v: read<Float32Array>(inputs.v)!,
    reads: read(inputs.reads),
    table: read(inputs.table),
    selectors: read(inputs.selectors),
    eta: read(inputs.eta),
    code: read(inputs.code),
    slopes: read(inputs.slopes),
    rowStart: read(inputs.rowStart),
    indices: read(inputs.indices),
    entries: read(inputs.entries),
  };
}
