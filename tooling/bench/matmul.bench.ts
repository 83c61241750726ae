import { type MatmulDims, plainCompute, random } from "@maso/core";

/** Limit: at least 2 GFLOP/s at 256 to 512 cubes. One multiply and one add are two operations; the best of several runs. */
const { normal } = random(1);
const cases: readonly MatmulDims[] = [
  { m: 64, k: 64, n: 64 },
  { m: 256, k: 256, n: 256 },
  { m: 512, k: 512, n: 512 },
  { m: 512, k: 512, n: 512, transposeB: true },
  { m: 512, k: 512, n: 512, transposeA: true },
  { m: 128, k: 4096, n: 128 },
  { m: 1, k: 1024, n: 1024 },
  { m: 1, k: 1024, n: 1024, transposeB: true },
  { m: 4, k: 1024, n: 1024 },
  { m: 8, k: 1024, n: 1024, transposeB: true },
  { m: 1, k: 16, n: 10, transposeB: true },
  { m: 4096, k: 2, n: 16, transposeB: true },
  { m: 4096, k: 16, n: 1, transposeB: true },
];
for (const dims of cases) {
  const a = Float64Array.from({ length: dims.m * dims.k }, normal);
  const b = Float64Array.from({ length: dims.k * dims.n }, normal);
  const operations = 2 * dims.m * dims.k * dims.n;
  const repeats = Math.max(1, Math.round(4e7 / operations));
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 8; run++) {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) plainCompute.matmul(a, b, dims);
    best = Math.min(best, (performance.now() - start) / repeats);
  }
  console.log(`matmul ${JSON.stringify(dims)}: ${(operations / best / 1e6).toFixed(2)} GFLOP/s, ${(best * 1000).toFixed(1)} µs`);
}
