import { wasmCompute } from "@maso/backends/compute";
import { inputSize, type Network } from "@maso/core";
import { describe, expect, it } from "vitest";
import { type PartitionOptions, type PartitionWorker, type Slice, slicePartition, slices } from "../../../src";
import { chainOf, weights } from "../../networks";
import { bitsOf } from "../bits-of";
import { randomCase } from "../random-networks";
import { randomTies } from "../random-ties";
import { channelWorker, patient, threadWorker } from "./workers";

/** Seeded, of ReLU layers. */
function dense(...widths: readonly number[]): Network {
  const layers = widths
    .slice(1)
    .flatMap((units, l): Parameters<typeof chainOf>[1][] => [
      ["dense", { weight: weights(2 * l + 1, units, widths[l]!), bias: weights(2 * l + 2, units) }],
      ["relu"],
    ]);
  return chainOf([widths[0]!], ...layers.slice(0, -1));
}

const planeOf = (network: Network): Slice => slices.axisAligned(inputSize(network), 0, 1);

async function bits(network: Network, slice: Slice, options: PartitionOptions = {}) {
  return bitsOf(await slicePartition(network, slice, options));
}

/** With how many networks per test: each wasm job makes a memory of its own, which takes longer than the job. */
const computes = [
  ["plain TypeScript", 20, async () => ({})],
  ["wasm", 3, async () => ({ compute: await wasmCompute() })],
] as const;

/** Workers take part in each case. */
async function expectSame(network: Network, slice: Slice, options: PartitionOptions, create: () => PartitionWorker) {
  const expected = await bits(network, slice, options);
  for (const threads of [2, 3]) {
    let given = 0;
    const createWorker = patient(create, () => given++);
    expect(await bits(network, slice, { ...options, threads, createWorker }), `${threads}`).toEqual(expected);
    expect(given).toBeGreaterThan(0);
  }
}

describe.each(computes)("workers in %s find the same bits as one thread", (_, networks, optionsOf) => {
  const several = async (network: Network, slice: Slice, options: PartitionOptions = {}) => {
    const compute = await optionsOf();
    await expectSame(network, slice, { ...options, ...compute }, () => channelWorker(compute));
  };

  it.each([0, 20, 40])(`for ${networks} random networks from seed %i on, and as many with ties`, async (first) => {
    for (let seed = first; seed < first + networks; seed++)
      for (const { network, slice } of [randomCase(seed), randomTies(seed)]) await several(network, slice);
  });

  it.each([1, 8])("in blocks of %i faces", async (blockFaces) => {
    for (let seed = 60; seed < 60 + networks; seed++) {
      const { network, slice } = randomCase(seed);
      await several(network, slice, { blockFaces });
    }
  });

  it.each([
    [2, 45, 3, 4],
    [2, 30, 30, 30, 1],
    [5, 40, 20, 3],
  ])("for dense %i-%i-%i...", async (...widths) => {
    const network = dense(...widths);
    await several(network, planeOf(network));
  });
});

/** Its pool is cut in groups of units. */
const pooled = chainOf(
  [8, 8, 1],
  ["conv2d", { kernel: weights(1, 3, 3, 1, 4), bias: weights(2, 4), padding: "same" }],
  ["relu"],
  ["max-pool2d", { poolSize: 2 }],
  ["flatten"],
  ["dense", { weight: weights(3, 3, 64), bias: weights(4, 3) }],
);

describe.each([false, true])("threads of Node find the same bits as one, with wasm: %s", (isWasm) => {
  it.each([
    ["dense 2-45-3-4", { network: dense(2, 45, 3, 4), slice: slices.axisAligned(2, 0, 1) }],
    ["convolutions, a skip and a max-pool", randomCase(67)],
    ["ties", randomTies(7)],
    ["64 max-pools", { network: pooled, slice: slices.axisAligned(64, 27, 36) }],
  ])("for %s", async (_, { network, slice }) => {
    await expectSame(network, slice, {}, () => threadWorker(isWasm));
  });
});
