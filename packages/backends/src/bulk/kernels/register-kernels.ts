import { getKernel, type KernelConfig, type KernelFunc, type NamedAttrMap, registerKernel, type TensorInfo } from "@tensorflow/tfjs-core";
import { cpuKernel } from "./cpu-kernel";
import type { KernelInputs, KernelName, SparseAttributes, UnitAttributes } from "./kernel";
import { registerSelect } from "./wasm/select-kernel";
import { wasmKernel } from "./wasm/wasm-kernel";
import { registerJoinCodes } from "./webgpu/join-codes";
import { webgpuKernel } from "./webgpu/webgpu-kernel";

/** The backends of TensorFlow.js that maso has kernels for. */
export type BackendName = "cpu" | "wasm" | "webgpu";

/** Runs one kernel on a backend's own tensors. */
export type RunKernel<Backend> = (
  name: KernelName,
  inputs: KernelInputs,
  attributes: UnitAttributes | SparseAttributes,
  backend: Backend,
) => TensorInfo;

const names: readonly KernelName[] = [
  "MasoValues",
  "MasoCode",
  "MasoApplyCode",
  "MasoAdjointCode",
  "MasoSlopes",
  "MasoApplySlopes",
  "MasoAdjointSlopes",
  "MasoSparse",
];

/** Makes maso's kernels known to TensorFlow.js, once per backend. They need nothing of the backend's package. */
export function registerKernels(backend: BackendName): void {
  if (backend === "webgpu") registerJoinCodes();
  if (backend === "wasm") registerSelect();
  for (const kernelName of names) {
    if (getKernel(kernelName, backend)) continue;
    if (backend === "cpu") registerKernel(config(kernelName, backend, cpuKernel));
    else if (backend === "wasm") registerKernel(config(kernelName, backend, wasmKernel));
    else registerKernel(config(kernelName, backend, webgpuKernel));
  }
}

function config<Backend>(kernelName: KernelName, backendName: BackendName, run: RunKernel<Backend>): KernelConfig {
  const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) =>
    run(kernelName, inputs as unknown as KernelInputs, (attrs as NamedAttrMap).maso as never, backend as Backend);
  return { kernelName, backendName, kernelFunc };
}
