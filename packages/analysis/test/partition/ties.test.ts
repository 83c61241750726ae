import { describe, expect, it } from "vitest";
import { slicePartition } from "../../src";
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
