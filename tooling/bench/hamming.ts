import { differences, layoutOf, nearest, packedCodes } from "@maso/backends/codes";
import { random } from "@maso/core";
import { compileAssembly } from "../../packages/backends/scripts/compile-assembly";

/**
 * Limit: Hamming distances of 10,000 × 10,000 codes of 4,096 bits take at most 2 times as long as so many i8x16.popcnt, 128 bits each, on a block
 * that stays in the first-level cache.
 */
const LIMIT = 2;
const ROWS = 10_000;
const BITS = 4096;
const RUNS = 5;
const BLOCK_BYTES = 2 ** 13;

const layout = layoutOf([{ node: 0, id: "units", units: BITS, pieces: 2 }]);
const { uniform } = random(1);
const codes = packedCodes(
  layout,
  ROWS,
  Int32Array.from({ length: ROWS * layout.words }, () => uniform() * 2 ** 32),
);
const popcounts = await startPopcounts();
const vectors = (ROWS * ROWS * BITS) / 128;

const best = { popcounts: Number.POSITIVE_INFINITY, differences: Number.POSITIVE_INFINITY, nearest: Number.POSITIVE_INFINITY };
for (let run = 0; run < RUNS; run++) {
  // In turn, and the best of each, so that other work on the machine favours neither side.
  best.popcounts = Math.min(best.popcounts, await seconds(() => popcounts(0, BLOCK_BYTES, (vectors * 16) / BLOCK_BYTES)));
  best.differences = Math.min(best.differences, await seconds(() => differences(codes)));
  best.nearest = Math.min(best.nearest, await seconds(() => nearest(codes, codes, 5)));
}
const shown = (time: number): string => `${time.toFixed(2)} s, ratio ${(time / best.popcounts).toFixed(2)}`;
console.log(`popcounts: ${(vectors / 1e9).toFixed(1)} G vectors in ${best.popcounts.toFixed(2)} s`);
console.log(`differences: ${ROWS} × ${ROWS} codes of ${BITS} bits in ${shown(best.differences)} (limit ${LIMIT})`);
console.log(`nearest, 5 of each: ${shown(best.nearest)}`);

async function startPopcounts(): Promise<(block: number, bytes: number, repeats: number) => number> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const bytes = Buffer.from(await compileAssembly("assembly/bench"), "base64");
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  new Uint32Array(memory.buffer).forEach((_, i, block) => {
    block[i] = uniform() * 2 ** 32;
  });
  return instance.exports.popcounts as (block: number, bytes: number, repeats: number) => number;
}

async function seconds(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}
