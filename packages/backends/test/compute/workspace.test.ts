import { expect, it } from "vitest";
import { halved, MOST_PAGES, workspace } from "../../src/compute/workspace";

const newMemory = (maximum = MOST_PAGES) => new WebAssembly.Memory({ initial: 1, maximum });

it("places arrays apart and aligned, grows for them, and keeps views good after growing", () => {
  const memory = newMemory();
  const space = workspace(memory);
  const places = space.place({ a: 5, b: 100_000, c: halved(7), d: 1 })!;
  expect(Object.values(places).every((place) => place % 16 === 0)).toBe(true);
  expect([places.b - places.a, places.c - places.b, places.d - places.c]).toEqual([48, 800_000, 32]);
  expect(memory.buffer.byteLength).toBeGreaterThanOrEqual(places.d + 8);
  space.put(Float64Array.of(1, 2, 3, 4, 5), places.a);
  space.put(Int32Array.of(1, 2, 3, 4, 5, 6, 7), places.c);
  expect([...space.at(places.a, 5)]).toEqual([1, 2, 3, 4, 5]);
  expect(space.bytesAt(places.c, 5)[4]).toBe(2);
});

it("never grows beyond 64 MiB", () => {
  const memory = newMemory();
  const space = workspace(memory);
  expect(space.place({ a: 2 ** 23 })).not.toBeNull();
  expect(space.place({ a: 2 ** 23, b: 1 })).toBeNull();
  expect(memory.buffer.byteLength).toBe(2 ** 26);
});

it("refuses where the platform has no more memory", () => {
  expect(workspace(newMemory(2)).place({ a: 2 ** 15 })).toBeNull();
});
