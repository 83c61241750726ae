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
const RUNS = 3;
/** Rows that are compared with all at a time. */
const SLICE = 500;
const BLOCK_BYTES = 2 ** 13;

const layout = layoutOf([{ node: 0, id: "units", units: BITS, pieces: 2 }]);
const { uniform } = random(1);
const codes = packedCodes(
  layout,
  ROWS,
  Int32Array.from({ length: ROWS * layout.words }, () => uniform() * 2 ** 32),
);
const popcounts = await startPopcounts();
const vectors = (SLICE * ROWS * BITS) / 128;

// Slice by slice and in turn, and the median of the ratios, so that other work on the machine favours neither side.
const times: { readonly popcounts: number; readonly differences: number; readonly nearest: number }[] = [];
for (let run = 0; run < RUNS; run++)
  for (let from = 0; from < ROWS; from += SLICE) {
    const slice = packedCodes(layout, SLICE, codes.words.subarray(from * layout.words, (from + SLICE) * layout.words));
    times.push({
      popcounts: await seconds(() => popcounts(0, BLOCK_BYTES, (vectors * 16) / BLOCK_BYTES)),
      differences: await seconds(() => differences(slice, codes)),
      nearest: await seconds(() => nearest(slice, codes, 5)),
    });
  }
report("popcounts", "popcounts");
report("differences", "differences");
report("nearest, 5 of each", "nearest");

function report(name: string, which: keyof (typeof times)[number]): void {
  const least = times.reduce((best, time) => Math.min(best, time[which]), Number.POSITIVE_INFINITY);
  const ratios = times.map((time) => time[which] / time.popcounts).sort((a, b) => a - b);
  const ratio = ratios[Math.floor(ratios.length / 2)]!;
  const limit = which === "differences" ? ` (limit ${LIMIT})` : "";
  console.log(
    `${name}: ${ROWS} × ${ROWS} codes of ${BITS} bits in ${((least * ROWS) / SLICE).toFixed(2)} s, ratio ${ratio.toFixed(2)}${limit}`,
  );
}

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
