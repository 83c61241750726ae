import { describe, expect, it } from "vitest";
import { slicePartition, slices } from "../../src";
import { chainOf, weights } from "../networks";
import { differences } from "./differences";
import { oracle } from "./oracle";
import { brokenLaws } from "./partition-laws";
import { randomTies } from "./random-ties";

describe("the partition of a slice on which many values are equal", () => {
  it.each(Array.from({ length: 6 }, (_, block) => 100 * block))("is the oracle's, for 100 networks from seed %i on", async (first) => {
    for (let seed = first; seed < first + 100; seed++) {
      const { network, slice } = randomTies(seed);
      const expected = oracle(network, slice);
      for (const blockFaces of [undefined, 2]) {
        const partition = await slicePartition(network, slice, { ...(blockFaces && { blockFaces }) });
        expect([...brokenLaws(partition), ...differences(partition, expected)], `seed ${seed}, ${blockFaces} faces`).toEqual([]);
      }
    }
  });
});

describe("where three values tie", () => {
  it("is told from two of them, without exact arithmetic", async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const network = chainOf(
        [2],
        ["dense", { weight: weights(4 * seed, 20, 2), bias: weights(4 * seed + 1, 20) }],
        ["maxout", { pieces: 5 }],
        ["dense", { weight: weights(4 * seed + 2, 6, 4), bias: weights(4 * seed + 3, 6) }],
      );
      const slice = slices.axisAligned(2, 0, 1);
      const partition = await slicePartition(network, slice, { blockFaces: 8 });
      expect([...brokenLaws(partition), ...differences(partition, oracle(network, slice))], `seed ${seed}`).toEqual([]);
      expect(partition.summary.exactDecisions).toBe(0);
    }
  });
});
