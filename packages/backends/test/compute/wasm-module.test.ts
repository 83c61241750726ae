import { expect, it } from "vitest";
import { compileAssembly } from "../../scripts/compile-assembly";
import { wasmModule } from "../../src/compute/wasm-module";

it("the module in the sources is what assembly/ compiles to, to the bit", async () => {
  expect(wasmModule).toBe(await compileAssembly("assembly"));
});
