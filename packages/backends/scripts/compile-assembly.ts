import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** Compiles a module's sources and returns it as base64: the same bytes on every machine. `entry` is a path from the package's folder. */
export async function compileAssembly(entry: string): Promise<string> {
  const baseDir = fileURLToPath(new URL("..", import.meta.url));
  const options = "--outFile module.wasm -O3 --enable simd --runtime stub --noAssert --importMemory".split(" ");
  let module: Uint8Array | undefined;
  const { error, stderr } = await asc.main([entry, "--baseDir", baseDir, ...options], {
    writeFile: (name, contents) => {
      if (name === "module.wasm" && typeof contents !== "string") module = contents;
    },
  });
  if (error !== null || module === undefined) throw new Error(`${entry} does not compile: ${stderr}`);
  return Buffer.from(module).toString("base64");
}
