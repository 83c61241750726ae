import { wasmCompute } from "@maso/backends/compute";
import { type Compute, plainCompute } from "@maso/core";

/** wasm where it starts, else plain TypeScript: the same numbers, slower. */
export function startCompute(): Promise<Compute> {
  return wasmCompute().catch(() => plainCompute);
}
