import { describe, expect, it } from "vitest";
import { distances, nearest } from "../../src/codes";
import { layoutFor, randomCodes } from "./random-codes";

const layout = layoutFor([90, 2], [4, 7]);
const set = randomCodes(layout, 2500, 1);
const query = randomCodes(layout, 600, 2);

describe("nearest", () => {
  it.each([1, 5, 40])("agrees with sorting all distances, ties by the lower index: %i of them", async (k) => {
    const d = distances(query, set);
    const found = await nearest(query, set, k);
    for (let i = 0; i < query.rows; i += 7) {
      const line = Array.from({ length: set.rows }, (_, index) => ({ index, distance: d[i * set.rows + index]! }));
      line.sort((a, b) => a.distance - b.distance || a.index - b.index);
      expect(found[i]).toEqual(line.slice(0, k));
    }
  });

  it("of a member is itself or an earlier equal one, at distance 0", async () => {
    const found = await nearest(set, set, 1);
    const row = (i: number): string => set.words.subarray(i * layout.words, (i + 1) * layout.words).join();
    found.forEach(([{ index, distance } = { index: -1, distance: -1 }], i) => {
      expect(distance).toBe(0);
      expect(index <= i && row(index) === row(i)).toBe(true);
    });
  });

  it("are all there are, where the set has fewer", async () => {
    const small = randomCodes(layout, 3, 3);
    expect((await nearest(small, small, 9)).map((list) => list.length)).toEqual([3, 3, 3]);
    expect(await nearest(query, randomCodes(layout, 0, 1), 9)).toEqual(Array.from({ length: query.rows }, () => []));
  });

  it("tells how far it is, ending with 1, and stops when asked", async () => {
    const seen: number[] = [];
    await nearest(query, set, 1, { onProgress: (fraction) => seen.push(fraction) });
    expect(seen.every((fraction, i) => i === 0 || fraction > seen[i - 1]!)).toBe(true);
    expect(seen.at(-1)).toBe(1);
    const stop = new AbortController();
    const stopped = nearest(query, set, 1, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toMatchObject({ code: "aborted" });
  });

  it.each([0, 1.5, Number.NaN])("refuses k = %d", async (k) => {
    await expect(nearest(query, set, k)).rejects.toMatchObject({ code: "params" });
  });
});
