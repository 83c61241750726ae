import { writeFileSync } from "node:fs";
import { compileAssembly } from "./compile-assembly";
import { wasmModules } from "./wasm-modules";

/** Writes what assembly/ compiles to into the sources, so that nothing else needs the compiler. A test compares the two. */
for (const { name, entry, file } of wasmModules) {
  const base64 = await compileAssembly(entry);
  const text = `/** What ${entry} compiles to, in base64; written by \`pnpm wasm\`. */\nexport const ${name} =\n  "${base64}";\n`;
  writeFileSync(new URL(`../${file}`, import.meta.url), text);
  console.log(`${file}: ${Buffer.from(base64, "base64").length} bytes of wasm`);
}
