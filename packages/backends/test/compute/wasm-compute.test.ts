import { MasoError } from "@maso/core";
import { computeConformance } from "@maso/core/testing";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { wasmCompute, wasmComputeSync } from "../../src/compute";

describe("wasmCompute", async () => computeConformance(await wasmCompute(), { test }));

describe("wasmComputeSync", () => computeConformance(wasmComputeSync(), { test }));

describe("where wasm or its SIMD is missing", () => {
  const members = { Memory: WebAssembly.Memory, Instance: WebAssembly.Instance };
  function refuse(): never {
    throw new WebAssembly.CompileError("invalid value type");
  }
  afterEach(() => void vi.unstubAllGlobals());

  for (const [what, replacement] of [
    ["wasm", undefined],
    ["SIMD", { ...members, instantiate: refuse, Module: refuse }],
  ] as const)
    it(`says so with a stable code: ${what}`, async () => {
      vi.stubGlobal("WebAssembly", replacement);
      const failure = await wasmCompute().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(MasoError);
      expect(failure).toMatchObject({ code: "unsupported" });
      expect(wasmComputeSync).toThrowError(MasoError);
    });
});
