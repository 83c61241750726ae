import { type MatmulDims, random } from "@maso/core";
import { compareComputes } from "./compare-computes";

/** Limits: at 256 to 512 cubes plain makes at least 2 GFLOP/s and wasm at least 12; wasm is nowhere slower. */
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
  { m: 4096, k: 2, n: 256, transposeB: true },
  { m: 4096, k: 16, n: 1, transposeB: true },
];
for (const dims of cases) {
  const a = Float64Array.from({ length: dims.m * dims.k }, normal);
  const b = Float64Array.from({ length: dims.k * dims.n }, normal);
  compareComputes(`matmul ${JSON.stringify(dims)}`, 2 * dims.m * dims.k * dims.n, ({ matmul }) => matmul(a, b, dims));
}
