import { wasmCompute } from "@maso/backends/compute";
import { type Compute, plainCompute } from "@maso/core";

const RUNS = 8;
const wasm = await wasmCompute();

/** Prints the best speeds of the same work in plain TypeScript and in wasm, measured in turn. One multiply and one add are two operations. */
export function compareComputes(name: string, operations: number, work: (compute: Compute) => unknown): void {
  const repeats = Math.max(1, Math.round(2e7 / operations));
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < RUNS; run++)
    for (const [side, compute] of [plainCompute, wasm].entries())
      best[side] = Math.min(
        best[side]!,
        seconds(repeats, () => work(compute)),
      );
  const [plain, fast] = best as [number, number];
  const speed = (time: number): string => `${(operations / time / 1e9).toFixed(2)} GFLOP/s`;
  console.log(`${name}: plain ${speed(plain)}, wasm ${speed(fast)} (${(fast * 1e6).toFixed(1)} µs), ratio ${(plain / fast).toFixed(1)}`);
}

/** The mean of several repeats. */
export function seconds(repeats: number, action: () => unknown): number {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) action();
  return (performance.now() - start) / repeats / 1000;
}
