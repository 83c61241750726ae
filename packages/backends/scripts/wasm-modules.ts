/** The modules that assembly/ compiles to, each a constant in a file of the sources. */
export const wasmModules = [
  { name: "wasmModule", entry: "assembly/index.ts", file: "src/compute/wasm-module.ts" },
  { name: "differencesModule", entry: "assembly/codes/index.ts", file: "src/codes/differences-module.ts" },
] as const;
