import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileAssembly } from "../../scripts/compile-assembly";
import { wasmModules } from "../../scripts/wasm-modules";

it.each(wasmModules)("$file is what $entry compiles to, to the bit", async ({ name, entry, file }) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  expect(source).toContain(`export const ${name} =\n  "${await compileAssembly(entry)}";\n`);
});
