import type { Network } from "@maso/core";
import { describe, expect, it } from "vitest";
import { slicePartition } from "../../src";
import type { Slice } from "../../src/partition/slice";
import { differences } from "./differences";
import { oracle } from "./oracle";
import { brokenLaws } from "./partition-laws";
import { randomCase } from "./random-networks";

describe("the partition of a slice", () => {
  async function expectSame(network: Network, slice: Slice, name: string): Promise<void> {
    const partition = await slicePartition(network, slice);
    expect([...brokenLaws(partition), ...differences(partition, oracle(network, slice))], name).toEqual([]);
  }

  // In blocks, so that a failure names a few hundred seeds and the runner shows that it moves.
  it.each(Array.from({ length: 10 }, (_, block) => 200 * block))(
    "is the oracle's, for 200 random networks from seed %i on",
    async (first) => {
      for (let seed = first; seed < first + 200; seed++) {
        const { network, slice } = randomCase(seed);
        await expectSame(network, slice, `seed ${seed}`);
      }
    },
  );

  it.each(Array.from({ length: 10 }, (_, block) => 10_000 + 1000 * block))(
    "keeps its laws, for 1,000 more from seed %i on",
    async (first) => {
      for (let seed = first; seed < first + 1000; seed++) {
        const { network, slice } = randomCase(seed);
        expect(brokenLaws(await slicePartition(network, slice)), `seed ${seed}`).toEqual([]);
      }
    },
  );
});
