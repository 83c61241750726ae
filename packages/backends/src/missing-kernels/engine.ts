import { MasoError } from "@maso/core";
import { type Workspace, workspace } from "../compute/workspace";
import { loadModuleSync } from "../wasm/load-module";
import type { Kernels } from "./kernels";
import { wasmModule } from "./wasm-module";

/** The wasm functions and the memory they work in. */
export interface Engine {
  readonly kernels: Kernels;
  readonly workspace: Workspace;
}

/** Throws "unsupported" where wasm or its SIMD is missing or forbidden. The module is small enough for browsers to compile it at once. */
export function loadEngine(): Engine {
  try {
    const { exports, memory } = loadModuleSync(wasmModule);
    return { kernels: exports as unknown as Kernels, workspace: workspace(memory) };
  } catch (cause) {
    throw new MasoError("unsupported", `registerMissingKernels: this platform runs no wasm with SIMD (${cause})`, { cause });
  }
}
