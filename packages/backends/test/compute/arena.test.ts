import { random } from "@maso/core";
import { expect, it } from "vitest";
import { Arena } from "../../src/compute/rows/arena";

it("arrays never overlap, whatever is taken, kept and given back", () => {
  const { integer } = random(81);
  const [start, end] = [4096, 4096 + 2 ** 16];
  const arena = new Arena(start, end);
  const held = new Map<number, number>();
  let refused = 0;
  for (let trial = 0; trial < 5000; trial++) {
    const places = [...held.keys()];
    if (places.length > 0 && integer(2) === 0) {
      const place = places[integer(places.length)]!;
      held.delete(place);
      arena.give(place);
      continue;
    }
    const bytes = integer(3000);
    const place = integer(400) === 0 ? arena.keep(bytes) : arena.take(bytes);
    if (place < 0) {
      refused++;
      continue;
    }
    expect(place % 16).toBe(0);
    expect(place).toBeGreaterThanOrEqual(start);
    expect(place + bytes).toBeLessThanOrEqual(end);
    for (const [other, size] of held) expect(place + bytes <= other || other + size <= place).toBe(true);
    held.set(place, bytes);
  }
  expect(refused).toBeGreaterThan(0);
});

it("what is given back makes one piece again", () => {
  const arena = new Arena(0, 4096);
  const places = [1000, 500, 1500, 1000].map((bytes) => arena.take(bytes));
  expect(arena.take(1000)).toBe(-1);
  for (const i of [2, 0, 3, 1]) arena.give(places[i]!);
  expect(arena.take(4096)).toBe(0);
});
