import { writeFileSync } from "node:fs";
import { compileAssembly } from "./compile-assembly";

/** Writes what assembly/ compiles to into the sources, so that nothing else needs the compiler. A test compares the two. */
const path = new URL("../src/compute/wasm-module.ts", import.meta.url);
const base64 = await compileAssembly();
writeFileSync(path, `/** What assembly/ compiles to, in base64; written by \`pnpm wasm\`. */\nexport const wasmModule =\n  "${base64}";\n`);
console.log(`src/compute/wasm-module.ts: ${Buffer.from(base64, "base64").length} bytes of wasm`);
