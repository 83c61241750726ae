import { slicePartition, slices } from "@maso/analysis";
import { readNetworkFile } from "@maso/layers";
import { beforeAll, describe, expect, it } from "vitest";
import { clipPolygon, clipSegment } from "../src/report/partition-page/browser/clip-to-screen";
import { areaOf, describeFace, nestingOf, valuesAt } from "../src/report/partition-page/browser/describe-face";
import { faceGrid } from "../src/report/partition-page/browser/face-grid";
import { readScene, type Scene } from "../src/report/partition-page/browser/scene";
import { panned, sAt, tAt, wholeView, xOf, yOf, zoomed } from "../src/report/partition-page/browser/view";
import { writePageData } from "../src/report/partition-page/write-page-data";
import { network } from "./maso";

const subject = readNetworkFile(network).network!;
const partition = await slicePartition(subject, slices.axisAligned(2, 0, 1));
let scene: Scene;
beforeAll(() => {
  scene = readScene(JSON.parse(JSON.stringify(writePageData(subject, partition, {}))));
});

describe("the page's data", () => {
  it("come back as they were", () => {
    expect(scene.vertices).toEqual(partition.vertices);
    expect(scene.edgeEnds).toEqual(partition.edges);
    expect(scene.faceVertices).toEqual(partition.faceVertices);
    expect(scene.regionOf).toEqual(partition.regionOf);
    expect(scene.codeKeys).toEqual(partition.codeKeys);
    expect(scene.maps).toEqual(Float32Array.from(partition.maps));
  });

  it("tell a face's area, values and nesting", () => {
    partition.areas.forEach((area, face) => {
      expect(areaOf(scene, face)).toBeCloseTo(area, 12);
      expect(nestingOf(scene, face)).toEqual([{ id: "1", region: partition.regionOf[face], of: partition.summary.regions, parts: 1 }]);
      const { html } = describeFace(scene, face, 0, 0, "light");
      expect(html).toContain(partition.codeKeys[face]);
      expect(valuesAt(scene, face, 0, 0)[1]).toBeCloseTo(partition.maps[6 * face + 5]!, 6);
    });
  });
});

describe("the face at a point", () => {
  it("is found at every centroid, and none outside the window", () => {
    const at = faceGrid(scene);
    for (let face = 0; face < scene.faces; face++)
      expect(at(partition.centroids[2 * face]!, partition.centroids[2 * face + 1]!)).toBe(face);
    expect(at(1.5, 0)).toBe(-1);
    expect(at(Number.NaN, 0)).toBe(-1);
  });
});

describe("the view", () => {
  const size = { width: 800, height: 600 };
  const whole = wholeView([-1, -1, 1, 1], size);

  it("shows the whole window, t upwards", () => {
    for (const [s, t] of [
      [-1, -1],
      [1, 1],
    ] as const) {
      expect(xOf(whole, size, s)).toBeGreaterThan(0);
      expect(xOf(whole, size, s)).toBeLessThan(800);
      expect(yOf(whole, size, t)).toBeGreaterThan(0);
      expect(yOf(whole, size, t)).toBeLessThan(600);
    }
    expect(yOf(whole, size, 1)).toBeLessThan(yOf(whole, size, -1));
  });

  it("zooms about a pixel, back and forth", () => {
    const near = zoomed(whole, size, 3, 200, 100, whole);
    expect(sAt(near, size, 200)).toBeCloseTo(sAt(whole, size, 200), 12);
    expect(tAt(near, size, 100)).toBeCloseTo(tAt(whole, size, 100), 12);
    const back = zoomed(near, size, 1 / 3, 200, 100, whole);
    expect(back.perS).toBeCloseTo(whole.perS, 9);
    expect(back.s).toBeCloseTo(whole.s, 12);
  });

  it("never leaves the window", () => {
    expect(panned(whole, 1e9, -1e9, [-1, -1, 1, 1])).toMatchObject({ s: -1, t: -1 });
  });
});

describe("what is far off the screen", () => {
  it("is cut along the same lines", () => {
    const [x0, y0, x1, y1] = clipSegment([-1e9, -1e9, 1e9, 1e9])!;
    expect([x0, y0]).toEqual([x0, x0]);
    expect([x1, y1]).toEqual([x1, x1]);
    expect(Math.max(Math.abs(x0!), Math.abs(x1!))).toBeLessThan(1e6);
    expect(clipSegment([1e9, 0, 1e9, 10])).toBeNull();
    const square = clipPolygon([-1e9, -1e9, 1e9, -1e9, 1e9, 1e9, -1e9, 1e9]);
    expect(square).toHaveLength(8);
    expect(square.every((value) => Math.abs(value) < 1e6)).toBe(true);
    expect(clipPolygon([1e9, 1e9, 2e9, 1e9, 2e9, 2e9])).toEqual([]);
  });
});
