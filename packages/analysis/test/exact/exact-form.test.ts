import { random } from "@maso/core";
import { expect, it } from "vitest";
import { intersection, lineThrough, signAt } from "../../src/exact/exact-form";
import { type ExactPoint, exactPoint, samePoint, toFloat } from "../../src/exact/exact-point";
import { fraction, isNearest, ofFloat } from "./fraction";

const { normal, integer } = random(4);
const points = Array.from({ length: 40 }, (_, i) =>
  i % 2 ? exactPoint(normal(), normal()) : exactPoint(integer(5) - 2, (integer(5) - 2) / 4),
);
const tiny = exactPoint(5e-324, -1e300);

it("a point is its two floats, in lowest powers of two", () => {
  for (const [s, t] of [
    [0, 0],
    [0.5, 3],
    [1e300, 5e-324],
    [normal(), -normal()],
  ] as const) {
    const p = exactPoint(s, t);
    expect([fraction(p.x, p.w), fraction(p.y, p.w)]).toEqual([ofFloat(s), ofFloat(t)]);
    expect(toFloat(p)).toEqual([s, t]);
    expect((p.x | p.y | p.w) & 1n).toBe(1n);
  }
  expect(exactPoint(6, 4)).toEqual({ x: 6n, y: 4n, w: 1n });
});

it("a line is zero on its points and positive to the left", () => {
  const line = lineThrough(exactPoint(0, 0), exactPoint(1, 0));
  expect([signAt(line, exactPoint(3, 0)), signAt(line, exactPoint(0, 5e-324)), signAt(line, exactPoint(9, -1e-300))]).toEqual([0, 1, -1]);
  for (const p of points)
    for (const q of [...points, tiny]) {
      const through = lineThrough(p, q);
      expect([signAt(through, p), signAt(through, q)]).toEqual([0, 0]);
      const back = lineThrough(q, p);
      for (const r of points.slice(0, 5)) expect(signAt(through, r) + signAt(back, r)).toBe(0);
    }
});

it("two lines meet where both are zero, or not at all", () => {
  const lines = points.slice(1).map((p, i) => lineThrough(points[i]!, p));
  for (const f of lines)
    for (const g of lines) {
      const p = intersection(f, g);
      expect(p === null).toBe(f.a * g.b === f.b * g.a);
      if (p === null) continue;
      expect([signAt(f, p), signAt(g, p), p.w > 0n, (p.x | p.y | p.w) & 1n]).toEqual([0, 0, true, 1n]);
      expect(samePoint(p, intersection(g, f)!)).toBe(true);
      const [s, t] = toFloat(p);
      expect([isNearest(s, fraction(p.x, p.w)), isNearest(t, fraction(p.y, p.w))]).toEqual([true, true]);
    }
});

it("points are the same whatever their common factors", () => {
  const p: ExactPoint = { x: 3n, y: -6n, w: 9n };
  expect([samePoint(p, { x: 1n, y: -2n, w: 3n }), samePoint(p, { x: 1n, y: 2n, w: 3n })]).toEqual([true, false]);
});
