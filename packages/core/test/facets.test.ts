import { describe, expect, it } from "vitest";
import { encode, facets, random, sameCode, soften } from "../src";
import { multilayer, normals } from "./support/tiny";
import { unitKinds } from "./support/units";

const slack = (normals: Float64Array, offset: number, x: Float64Array, f: number): number =>
  x.reduce((sum, value, j) => sum + value * normals[f * x.length + j]!, offset);

describe.each(Object.keys(unitKinds))("regions of a network of %s", (name) => {
  const net = multilayer(31, [3, 6, 4, 2], unitKinds[name]!);
  const source = random(4);
  const points = Array.from({ length: 200 }, () => normals(source, 3).map((value) => 0.7 * value));

  it("contain their own point", () => {
    for (const x of points.slice(0, 20))
      for (const { normals, offsets } of facets(net, x))
        offsets.forEach((offset, f) => expect(slack(normals, offset, x, f)).toBeGreaterThan(-1e-12));
  });

  it("are exactly the points of equal code: y shares x's code if and only if it satisfies x's facets", () => {
    const x = points[0]!;
    const region = [...facets(net, x)];
    let inside = 0;
    for (const direction of points)
      for (const step of [0.001, 0.03, 0.3, 1]) {
        const y = x.map((value, j) => value + step * direction[j]!);
        const slacks = region.flatMap(({ normals, offsets }) => [...offsets].map((offset, f) => slack(normals, offset, y, f)));
        if (slacks.some((value) => Math.abs(value) < 1e-9)) continue;
        const satisfied = slacks.every((value) => value > 0);
        expect(sameCode(encode(net, x), 0, encode(net, y), 0)).toBe(satisfied);
        if (satisfied) inside++;
      }
    expect(inside).toBeGreaterThan(20);
    expect(inside).toBeLessThan(780);
  });
});

it("a soft network has no regions", () => {
  const net = soften(multilayer(1, [2, 3, 1], unitKinds.relu!), 0.5);
  expect(() => [...facets(net, Float64Array.of(0, 0))]).toThrowError(expect.objectContaining({ code: "soft" }));
});
