import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** Folders of AssemblyScript, and the sources that hold what they compile to. */
export const wasmModules = {
  assembly: "src/compute/wasm-module.ts",
  "assembly/bulk": "src/bulk/kernels/wasm/wasm-module.ts",
  "assembly/codes": "src/codes/wasm-module.ts",
  assembly32: "src/missing-kernels/wasm-module.ts",
} as const;

/** Compiles a folder and returns the module as base64: the same bytes on every machine. */
export async function compileAssembly(folder: string): Promise<string> {
  const baseDir = fileURLToPath(new URL("..", import.meta.url));
  const options = "--outFile module.wasm -O3 --enable simd --runtime stub --noAssert --importMemory".split(" ");
  let module: Uint8Array | undefined;
  const { error, stderr } = await asc.main([`${folder}/index.ts`, "--baseDir", baseDir, ...options], {
    writeFile: (name, contents) => {
      if (name === "module.wasm" && typeof contents !== "string") module = contents;
    },
  });
  if (error !== null || module === undefined) throw new Error(`${folder}/ does not compile: ${stderr}`);
  return Buffer.from(module).toString("base64");
}
