import { bytesOf } from "../../../wasm/load-module";
import type { BulkModule } from "./bulk-module";
import { wasmModule } from "./wasm-module";

/** What is known of TensorFlow.js's wasm module: where its memory is depends on how it was built. */
interface EmscriptenModule {
  readonly asm?: { readonly memory?: unknown };
  readonly wasmMemory?: unknown;
}

const modules = new WeakMap<object, BulkModule>();

/**
 * Loads maso's own functions into the memory of TensorFlow.js's wasm backend, so that they work on tensors in place. They keep nothing there.
 * Where the memory is out of reach (threads share it, or SIMD is missing) the kernels are plain loops.
 */
export async function shareMemory(backend: { readonly wasm?: EmscriptenModule }): Promise<void> {
  const memory = backend.wasm?.asm?.memory ?? backend.wasm?.wasmMemory;
  if (!(memory instanceof WebAssembly.Memory) || modules.has(backend)) return;
  try {
    const { instance } = await WebAssembly.instantiate(bytesOf(wasmModule), { env: { memory } });
    modules.set(backend, instance.exports as unknown as BulkModule);
  } catch (error) {
    if (!(error instanceof WebAssembly.LinkError || error instanceof WebAssembly.CompileError)) throw error;
  }
}

/** The functions that share a backend's memory; undefined where there are none. */
export function sharedModule(backend: object): BulkModule | undefined {
  return modules.get(backend);
}
