import { MOST_PAGES } from "../compute/workspace";

/** What a module of ours exports, and the memory that it was given: 1 MiB, and 64 MiB at most. */
export interface LoadedModule {
  readonly module: WebAssembly.Module;
  readonly exports: WebAssembly.Exports;
  readonly memory: WebAssembly.Memory;
}

/** Loads a module that is held in base64. Rejects where wasm or what the module needs of it is missing. */
export async function loadModule(base64: string, imports: WebAssembly.Imports = {}): Promise<LoadedModule> {
  const memory = newMemory();
  const { module, instance } = await WebAssembly.instantiate(bytesOf(base64), { env: { memory }, ...imports });
  return { module, exports: instance.exports, memory };
}

/** The same without waiting; throws where the other rejects. */
export function loadModuleSync(base64: string, imports: WebAssembly.Imports = {}): LoadedModule {
  const memory = newMemory();
  const module = new WebAssembly.Module(bytesOf(base64));
  const { exports } = new WebAssembly.Instance(module, { env: { memory }, ...imports });
  return { module, exports, memory };
}

const newMemory = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 16, maximum: MOST_PAGES });

/** What base64 holds. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
