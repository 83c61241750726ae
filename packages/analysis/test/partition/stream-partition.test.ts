import { describe, expect, it } from "vitest";
import { type PartitionFace, type PartitionOptions, partitionFaces, slicePartition, streamPartition } from "../../src";
import { randomCase } from "./random-networks";
import { channelWorker } from "./threads/workers";

/** A corner between parts is rounded in each of them by itself; a whole complex has it once. */
const told = ({ area, centroid, map, codeKey, polygon }: PartitionFace) => ({
  area,
  centroid: [...centroid],
  map: [...map],
  codeKey,
  polygon: Array.from(polygon(), (value) => expect.closeTo(value, 12)),
});

describe.each<[string, PartitionOptions]>([
  ["one thread", {}],
  ["two threads", { threads: 2, createWorker: channelWorker }],
])("in %s", (_, options) => {
  it("a stream gives the faces of the partition in its order", async () => {
    for (let seed = 100; seed < 140; seed++) {
      const { network, slice } = randomCase(seed);
      const streamed: object[] = [];
      for await (const face of streamPartition(network, slice, options)) streamed.push({ ...told(face), polygon: [...face.polygon()] });
      expect(streamed, `seed ${seed}`).toEqual([...partitionFaces(await slicePartition(network, slice))].map(told));
    }
  });

  it("progress is a fraction that rises, and ends with 1", async () => {
    const { network, slice } = randomCase(67);
    const fractions = { whole: [] as number[], stream: [] as number[] };
    await slicePartition(network, slice, { ...options, onProgress: (fraction) => fractions.whole.push(fraction) });
    for await (const _ of streamPartition(network, slice, { ...options, onProgress: (fraction) => fractions.stream.push(fraction) }));
    for (const list of Object.values(fractions)) {
      expect(list.length).toBeGreaterThan(0);
      expect(list).toEqual([...new Set(list)].sort((a, b) => a - b));
      expect(list[0]).toBeGreaterThan(0);
      expect(list.at(-1)).toBe(1);
    }
  });
});
