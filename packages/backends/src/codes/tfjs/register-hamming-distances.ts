import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Section } from "../sections";
import { cpuKernel } from "./cpu-kernel";
import type { Tfjs } from "./tfjs";
import { wasmKernel } from "./wasm-kernel";
import { webgpuKernel } from "./webgpu-kernel";

export const HAMMING_DISTANCES = "HammingDistances";

export interface HammingAttributes {
  /** Of a row, in order. */
  readonly sections: readonly Section[];
}

/** Packed codes, int32 [rows, words], none of them empty. */
export interface HammingInputs {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

/** Makes the distances on a backend's own tensors. */
export type HammingKernel<Backend> = (inputs: HammingInputs, attributes: HammingAttributes, backend: Backend) => TensorInfo;

export type HammingBackend = "cpu" | "wasm" | "webgpu";

/** Registers the kernel "HammingDistances" with this tfjs for its cpu, wasm and webgpu backends, whichever are there or will be. Once is enough. */
export function registerHammingDistances(tf: Tfjs): void {
  register(tf, "cpu", cpuKernel);
  register(tf, "wasm", wasmKernel);
  register(tf, "webgpu", webgpuKernel);
}

function register<Backend>(tf: Tfjs, backendName: HammingBackend, kernel: HammingKernel<Backend>): void {
  if (tf.getKernel(HAMMING_DISTANCES, backendName)) return;
  tf.registerKernel({
    kernelName: HAMMING_DISTANCES,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) =>
      kernel(inputs as unknown as HammingInputs, attrs as unknown as HammingAttributes, backend as Backend),
  });
}
