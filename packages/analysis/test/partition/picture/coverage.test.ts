import { random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { Coverage } from "../../../src/partition/picture/coverage";

const [WIDTH, HEIGHT] = [24, 17];

/** The shares of all pixels that a polygon covers. */
function covered(polygon: readonly number[]): Float64Array {
  const shares = new Float64Array(WIDTH * HEIGHT);
  new Coverage(WIDTH, HEIGHT).polygon(polygon, polygon.length / 2, (pixel, share) => {
    shares[pixel]! += share;
  });
  return shares;
}

function randomTriangle(seed: number): number[] {
  const { uniform } = random(seed);
  return Array.from({ length: 3 }, () => [uniform() * WIDTH, uniform() * HEIGHT]).flat();
}

const areaOf = ([ax, ay, bx, by, cx, cy]: readonly number[]): number => Math.abs((bx! - ax!) * (cy! - ay!) - (cx! - ax!) * (by! - ay!)) / 2;

describe("coverage", () => {
  it("adds up to a polygon's area", () => {
    for (let seed = 0; seed < 500; seed++) {
      const triangle = randomTriangle(seed);
      const sum = covered(triangle).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(areaOf(triangle), 9);
    }
  });

  it("is what many samples find, in each pixel", () => {
    const triangle = [3.3, 1.2, 20.7, 6.4, 7.9, 15.8];
    const shares = covered(triangle);
    const fine = 40;
    const isInside = (x: number, y: number): boolean =>
      [0, 2, 4].every((i) => {
        const [ax, ay, bx, by] = [triangle[i]!, triangle[i + 1]!, triangle[(i + 2) % 6]!, triangle[(i + 3) % 6]!];
        return (bx - ax) * (y - ay) - (x - ax) * (by - ay) >= 0;
      });
    shares.forEach((share, pixel) => {
      let count = 0;
      for (let i = 0; i < fine * fine; i++)
        if (isInside((pixel % WIDTH) + ((i % fine) + 0.5) / fine, Math.floor(pixel / WIDTH) + (Math.floor(i / fine) + 0.5) / fine)) count++;
      expect(Math.abs(share - count / fine ** 2)).toBeLessThan(2 / fine);
    });
  });

  it("is the same in either sense, and leaves nothing behind", () => {
    const coverage = new Coverage(WIDTH, HEIGHT);
    const shares = (polygon: readonly number[]): number[] => {
      const list = new Array<number>(WIDTH * HEIGHT).fill(0);
      coverage.polygon(polygon, 3, (pixel, share) => {
        list[pixel] = share;
      });
      return list;
    };
    const triangle = randomTriangle(7);
    const turned = [triangle[4]!, triangle[5]!, triangle[2]!, triangle[3]!, triangle[0]!, triangle[1]!];
    const first = shares(triangle);
    shares(turned).forEach((share, i) => {
      expect(share).toBeCloseTo(first[i]!, 12);
    });
    expect(shares(triangle)).toEqual(first);
  });

  it("cuts what lies outside", () => {
    expect(covered([-10, -10, 50, -10, 50, 50, -10, 50]).every((share) => Math.abs(share - 1) < 1e-12)).toBe(true);
  });
});
