import type { DataId, TensorInfo } from "@tensorflow/tfjs-core";
import type { HammingKernel } from "./register-hamming-distances";
import { writeCounts } from "./write-counts";

/** What the kernel uses of TensorFlow.js's cpu backend. */
export interface CpuBackend {
  readonly data: { get(id: DataId): { readonly values: unknown } };
  makeTensorInfo(shape: number[], dtype: string, values: Int32Array): TensorInfo;
}

export const cpuKernel: HammingKernel<CpuBackend> = ({ a, b }, { sections }, backend) => {
  const [rows, columns] = [a.shape[0]!, b.shape[0]!];
  const words = ({ dataId }: TensorInfo): Int32Array => backend.data.get(dataId).values as Int32Array;
  const counts = new Int32Array(rows * columns);
  writeCounts(counts, sections, { rows, words: words(a) }, { rows: columns, words: words(b) });
  return backend.makeTensorInfo([rows, columns], "int32", counts);
};
