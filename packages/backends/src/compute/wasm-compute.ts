import { type Compute, MasoError } from "@maso/core";
import { wasmBytes } from "../wasm-bytes";
import { convolve } from "./convolve";
import type { Kernels } from "./kernels";
import { matmul } from "./matmul";
import { quantizeHard } from "./quantize-hard";
import { wasmModule } from "./wasm-module";
import { MOST_PAGES, workspace } from "./workspace";

/**
 * The heavy loops in wasm with two float64 per instruction: the same bits as plainCompute, faster. Needs no file beside this one, in
 * Node, browsers and workers. Its memory grows to at most 64 MiB; what does not fit, or is too small to gain, runs in plainCompute.
 * Throws "unsupported" where wasm or its SIMD is missing or forbidden: go on with plainCompute there.
 */
export async function wasmCompute(): Promise<Compute> {
  try {
    const memory = newMemory();
    const { instance } = await WebAssembly.instantiate(wasmBytes(wasmModule), { env: { memory } });
    return computeOf(instance, memory);
  } catch (cause) {
    throw unsupported(cause);
  }
}

/** The same without waiting, for Node and workers; some browsers refuse to compile on their main thread. */
export function wasmComputeSync(): Compute {
  try {
    const memory = newMemory();
    return computeOf(new WebAssembly.Instance(new WebAssembly.Module(wasmBytes(wasmModule)), { env: { memory } }), memory);
  } catch (cause) {
    throw unsupported(cause);
  }
}

function unsupported(cause: unknown): MasoError {
  return new MasoError("unsupported", `wasmCompute: this platform runs no wasm with SIMD (${cause}); plainCompute runs everywhere`, {
    cause,
  });
}

const newMemory = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 16, maximum: MOST_PAGES });

function computeOf(instance: WebAssembly.Instance, memory: WebAssembly.Memory): Compute {
  const engine = { kernels: instance.exports as unknown as Kernels, workspace: workspace(memory) };
  return {
    name: "wasm",
    matmul: matmul(engine),
    convolve: convolve(engine, "forward"),
    convolveAdjoint: convolve(engine, "adjoint"),
    quantizeHard: quantizeHard(engine),
  };
}
