import { encode, forward, random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { asSlicePartition } from "./as-slice-partition";
import { areaOf, type ConvexPolygon, hasInside } from "./convex-polygon";
import { differences } from "./differences";
import { plus, pointOf, reduced, sameFraction, toNumber } from "./exact-plane";
import { oracle } from "./oracle";
import { coefficients } from "./oracle-measures";
import { brokenLaws } from "./partition-laws";
import { randomCase } from "./random-networks";
import { neededNodes, pairs } from "./unit-cells";

describe("on random networks the oracle", () => {
  const cases = Array.from({ length: 400 }, (_, seed) => ({ seed, ...randomCase(seed) })).map((each) => ({
    ...each,
    expected: oracle(each.network, each.slice),
  }));

  it("tiles the window: Euler's formula, areas, two faces beside each edge", () => {
    for (const { seed, expected } of cases) {
      const { regions, vertices, edges, gaps, area, window, regionsAfterLayer } = expected;
      expect([gaps, vertices - edges + regions.length], `seed ${seed}`).toEqual([[], 1]);
      expect(Math.abs(area / areaOf(window).area - 1), `seed ${seed}`).toBeLessThan(1e-12);
      expect(regionsAfterLayer.at(-1) ?? 1).toBe(regions.length);
      expect(new Set(regions.map(({ code }) => JSON.stringify(code))).size).toBe(regions.length);
    }
  });

  it("has areas that add up exactly", () => {
    for (const { seed, expected } of cases.filter(({ expected }) => expected.regions.length < 20)) {
      const sum = expected.regions.map(({ twiceArea }) => twiceArea).reduce((a, b) => reduced(plus(a, b)));
      expect(sameFraction(sum, areaOf(expected.window).twice), `seed ${seed}`).toBe(true);
    }
  });

  it("agrees with the network's own values and codes at inner points", () => {
    let points = 0;
    for (const { seed, network, slice, degenerate, expected } of cases) {
      const plain = pairs(network, neededNodes(network)).size === 0 && !degenerate;
      for (const { polygon, outputs, code } of expected.regions.slice(0, 40)) {
        const [s, t] = middle(polygon);
        if (!hasInside(polygon, pointOf(s, t))) continue;
        const x = slice.origin.map((value, i) => value + s * slice.axes[0][i]! + t * slice.axes[1][i]!);
        const maps = outputs.map(coefficients);
        const scale = Math.max(1, ...maps.flat().map(Math.abs));
        forward(network, x).forEach((value, k) => {
          const [a, b, c] = maps[k] as [number, number, number];
          expect(Math.abs(value - (a * s + b * t + c)) / scale, `seed ${seed}`).toBeLessThan(1e-10);
        });
        if (plain)
          expect(
            encode(network, x).layers.map(({ choice }) => [...choice]),
            `seed ${seed}`,
          ).toEqual(code);
        points++;
      }
    }
    expect(points).toBeGreaterThan(4000);
  });

  it("finds every point of the window in one region", () => {
    const { uniform } = random(1);
    for (const { seed, expected } of cases.slice(0, 100)) {
      const { corners } = expected.window;
      const shares = corners.map(() => uniform());
      const total = shares.reduce((a, b) => a + b);
      const at = (get: "x" | "y"): number => corners.reduce((sum, p, i) => sum + (shares[i]! / total) * toNumber({ n: p[get], d: p.w }), 0);
      const point = pointOf(at("x"), at("y"));
      expect(expected.regions.filter(({ polygon }) => hasInside(polygon, point)).length, `seed ${seed}`).toBe(1);
    }
  });

  it("passes the comparison with itself, which notices what is wrong", () => {
    for (const { seed, slice, expected } of cases) {
      const partition = asSlicePartition(slice, expected);
      expect([...brokenLaws(partition), ...differences(partition, expected)], `seed ${seed}`).toEqual([]);
    }
    const { slice, expected } = cases.find(({ expected: { regions, boundaryLength } }) => regions.length > 20 && boundaryLength > 0)!;
    const right = asSlicePartition(slice, expected);
    for (const key of ["regions", "vertices", "edges", "distinctMaps", "area", "boundaryLength", "maxLipschitzSlice"] as const)
      expect(differences({ ...right, summary: { ...right.summary, [key]: right.summary[key] * 1.001 } }, expected)).toHaveLength(1);
    const moved = right.centroids.slice().copyWithin(0, 2, 4);
    expect(differences({ ...right, centroids: moved }, expected)).not.toEqual([]);
    expect(differences({ ...right, maps: right.maps.map((value) => value * 1.0000001) }, expected)).not.toEqual([]);
    expect(brokenLaws({ ...right, edgeFaces: right.edgeFaces.slice().reverse() })).not.toEqual([]);
  });
});

function middle({ corners }: ConvexPolygon): [number, number] {
  const mean = (get: "x" | "y"): number => corners.reduce((sum, p) => sum + toNumber({ n: p[get], d: p.w }), 0) / corners.length;
  return [mean("x"), mean("y")];
}
