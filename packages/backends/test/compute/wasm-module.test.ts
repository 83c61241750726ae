import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileAssembly, wasmModules } from "../../scripts/compile-assembly";

it.each(Object.entries(wasmModules))("what %s/ compiles to is in %s, to the bit", async (folder, file) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  expect(source).toContain(`"${await compileAssembly(folder)}"`);
});
