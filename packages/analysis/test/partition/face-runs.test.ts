import { describe, expect, it } from "vitest";
import { evenRuns, partRuns } from "../../src/partition/face-runs";

const FACES = [1, 2, 64, 65, 1536, 1537, 6145, 70_735];
const MOST = [1, 7, 64, 100, 1024, 4096, Infinity];
const lengths = (starts: Int32Array): number[] => Array.from(starts.subarray(1), (end, run) => end - starts[run]!);

describe.each([
  ["evenRuns", evenRuns],
  ["partRuns", partRuns],
])("%s", (_, runs) => {
  it("takes every face once, in runs that are not empty and not longer than asked for", () => {
    for (const faces of FACES)
      for (const most of MOST) {
        const starts = runs(faces, most);
        expect([starts[0], starts[starts.length - 1]], `${faces} faces, ${most} at most`).toEqual([0, faces]);
        expect(Math.min(...lengths(starts)), `${faces} faces, ${most} at most`).toBeGreaterThan(0);
        expect(Math.max(...lengths(starts)), `${faces} faces, ${most} at most`).toBeLessThanOrEqual(most);
      }
  });
});

it("evenRuns makes no more runs than it must, and none two faces shorter than another", () => {
  for (const faces of FACES)
    for (const most of MOST) {
      const found = lengths(evenRuns(faces, most));
      expect(found.length).toBe(Math.max(1, Math.ceil(faces / most)));
      expect(Math.max(...found) - Math.min(...found)).toBeLessThanOrEqual(1);
    }
});

it("partRuns begins and ends with short runs, for two threads each", () => {
  const found = lengths(partRuns(70_735, 1024));
  expect(found.slice(0, 4)).toEqual([64, 64, 256, 256]);
  expect(found.slice(-4)).toEqual([256, 256, 64, 64]);
  expect(Math.min(...found.slice(4, -4))).toBeGreaterThan(1000);
});
