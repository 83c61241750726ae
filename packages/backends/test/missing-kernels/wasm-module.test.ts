import { expect, it } from "vitest";
import { compileAssembly } from "../../scripts/compile-assembly";
import { wasmModule } from "../../src/missing-kernels/wasm-module";

it("the module in the sources is what assembly32/ compiles to, to the bit", async () => {
  expect(wasmModule).toBe(await compileAssembly("assembly32"));
});
