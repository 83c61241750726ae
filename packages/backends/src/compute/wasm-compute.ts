import { type Compute, MasoError } from "@maso/core";
import { type LoadedModule, loadModule, loadModuleSync } from "../wasm/load-module";
import { convolve } from "./convolve";
import type { Kernels } from "./kernels";
import { matmul } from "./matmul";
import { quantizeHard } from "./quantize-hard";
import { wasmRowKernels } from "./rows/wasm-row-kernels";
import { wasmModule } from "./wasm-module";
import { workspace } from "./workspace";

/**
 * The heavy loops in wasm with two float64 per instruction: the same bits as plainCompute, faster. Needs no file beside this one, in
 * Node, browsers and workers. Its memory grows to at most 64 MiB; what does not fit, or is too small to gain, runs in plainCompute.
 * Throws "unsupported" where wasm or its SIMD is missing or forbidden: go on with plainCompute there.
 */
export async function wasmCompute(): Promise<Compute> {
  return computeOf(await loadModule(wasmModule, noMesh).catch(refuse));
}

/** The same without waiting, for Node and workers; some browsers refuse to compile on their main thread. */
export function wasmComputeSync(): Compute {
  try {
    return computeOf(loadModuleSync(wasmModule, noMesh));
  } catch (cause) {
    return refuse(cause);
  }
}

/** Only instances with rows of their own cut meshes. */
const noMesh = { caller: { settle: () => 0 } };

function refuse(cause: unknown): never {
  throw new MasoError("unsupported", `wasmCompute: this platform runs no wasm with SIMD (${cause}); plainCompute runs everywhere`, {
    cause,
  });
}

function computeOf({ module, exports, memory }: LoadedModule): Compute {
  const engine = { kernels: exports as unknown as Kernels, workspace: workspace(memory) };
  const multiply = matmul(engine);
  return {
    name: "wasm",
    matmul: multiply,
    convolve: convolve(engine, "forward"),
    convolveAdjoint: convolve(engine, "adjoint"),
    quantizeHard: quantizeHard(engine),
    rowKernels: () => wasmRowKernels(module, multiply),
  };
}
