import { writeFileSync } from "node:fs";
import { compileAssembly, wasmModules } from "./compile-assembly";

/** Writes what the folders of AssemblyScript compile to into the sources, so that nothing else needs the compiler. A test compares the two. */
for (const folder of Object.keys(wasmModules) as (keyof typeof wasmModules)[]) {
  const path = wasmModules[folder];
  const base64 = await compileAssembly(folder);
  const text = `/** What ${folder}/ compiles to, in base64; written by \`pnpm wasm\`. */\nexport const wasmModule =\n  "${base64}";\n`;
  writeFileSync(new URL(`../${path}`, import.meta.url), text);
  console.log(`${path}: ${Buffer.from(base64, "base64").length} bytes of wasm`);
}
