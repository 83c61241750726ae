import { describe, expect, it } from "vitest";
import { slicePartition } from "../../src";
import { differences } from "./differences";
import { oracle } from "./oracle";
import { brokenLaws } from "./partition-laws";
import { randomCase } from "./random-networks";

/** Small blocks, so that most edges are shared: a deeper cut crosses them several times, and ties lie along them. */
describe("the partition does not depend on how it is cut into blocks", () => {
  it.each([0, 100, 200])("for 100 random networks from seed %i on", async (first) => {
    for (let seed = first; seed < first + 100; seed++) {
      const { network, slice } = randomCase(seed);
      const expected = oracle(network, slice);
      for (const blockFaces of [1, 2, 8]) {
        const partition = await slicePartition(network, slice, { blockFaces });
        expect([...brokenLaws(partition), ...differences(partition, expected)], `seed ${seed}, ${blockFaces} faces`).toEqual([]);
      }
    }
  });
});
