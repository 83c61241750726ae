import { beforeAll, describe, expect, it } from "vitest";
import { partitionPixels, partitionSequence, partitionSvg, type SlicePartition, sequenceSvg, slices } from "../../../src";
import { classPieces, SPLIT } from "../../../src/partition/picture/class-pieces";
import { codeColours } from "../../../src/partition/picture/code-colours";
import { finalLayers } from "../../../src/partition/picture/final-layers";
import { paintFaces } from "../../../src/partition/picture/paint-faces";
import { areClose, rampPalette } from "../../../src/partition/picture/palettes";
import { slopeNorms } from "../../../src/partition/picture/slope-norms";
import { smallestLast } from "../../../src/partition/picture/smallest-last";
import { classes, single, somePartitions } from "./partitions";

let partitions: readonly (readonly [string, SlicePartition])[] = [];
beforeAll(async () => {
  partitions = await somePartitions();
});

const colours = ["code", "layer", "lipschitz", "class"] as const;

describe("the colours of faces", () => {
  it("neighbours have codes of colours that are easy to tell apart", () => {
    for (const [, partition] of partitions) {
      const chosen = codeColours(partition);
      const { edgeFaces } = partition;
      for (let e = 0; e < edgeFaces.length; e += 2)
        if (edgeFaces[e]! >= 0 && edgeFaces[e + 1]! >= 0) expect(areClose(chosen[edgeFaces[e]!]!, chosen[edgeFaces[e + 1]!]!)).toBe(false);
    }
  });

  it("an order with at most five neighbours before each face", () => {
    for (const [, { edgeFaces, codeKeys }] of partitions) {
      const { order, neighbours } = smallestLast(codeKeys.length, edgeFaces);
      const place = new Map([...order].map((face, i) => [face, i]));
      expect(place.size).toBe(codeKeys.length);
      for (const face of order) {
        const before = new Set([...neighbours(face)].filter((other) => place.get(other)! < place.get(face)!));
        expect(before.size).toBeLessThanOrEqual(5);
      }
    }
  });

  it("the largest norm is the summary's", () => {
    for (const [, partition] of partitions) {
      const most = slopeNorms(partition).reduce((a, b) => Math.max(a, b), 0);
      expect(most / partition.summary.maxLipschitzSlice).toBeCloseTo(1, 12);
    }
  });

  it("each step of the ramp is darker than the one before, or lighter on a dark ground", () => {
    const grey = ([red, green, blue]: readonly number[]): number => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    const [light, dark] = [rampPalette("light").map(grey), rampPalette("dark").map(grey)];
    for (let i = 1; i < light.length; i++) {
      expect(light[i]).toBeLessThan(light[i - 1]!);
      expect(dark[i]).toBeGreaterThan(dark[i - 1]!);
    }
  });

  it("a face is final after the first layer that leaves it whole", () => {
    for (const [, partition] of partitions) {
      const faces = partition.codeKeys.length;
      finalLayers(partition).forEach((layer, face) => {
        const parts = (l: number): number =>
          partition.regionOf.subarray(l * faces, (l + 1) * faces).filter((r) => r === partition.regionOf[l * faces + face]).length;
        expect(parts(layer)).toBe(1);
        if (layer > 0) expect(parts(layer - 1)).toBeGreaterThan(1);
      });
    }
  });

  it("classes cut a face into pieces that fill it, each where its output is largest", () => {
    for (const [, partition] of partitions) {
      const { classes: found, corners, start, pieceClasses } = classPieces(partition);
      let split = 0;
      found.forEach((each, face) => {
        if (each === SPLIT) split += partition.areas[face]!;
      });
      let pieces = 0;
      pieceClasses.forEach((_, p) => {
        for (let i = start[p]!; i < start[p + 1]!; i++) {
          const next = i + 1 === start[p + 1] ? start[p]! : i + 1;
          pieces += (corners[2 * i]! * corners[2 * next + 1]! - corners[2 * next]! * corners[2 * i + 1]!) / 2;
        }
      });
      expect(pieces).toBeCloseTo(split, 9);
      expect(split > 0).toBe(partition.boundary.length > 0);
    }
  });
});

describe("pictures", () => {
  it.each(colours)(
    "pixels by %s are opaque and have no seams: without lines, mixtures of the faces' colours and nothing else",
    (colour) => {
      for (const [, partition] of partitions) {
        const { width, height, data } = partitionPixels(partition, { colour, edges: false, boundary: false, width: 90 });
        expect(data).toHaveLength(4 * width * height);
        const palette = paintFaces(partition, colour).palette("light");
        const ends = [0, 1, 2]
          .map((c) => palette.map((each) => each[c]!))
          .map((values) => [Math.min(...values) - 1, Math.max(...values) + 1] as const);
        expect(data.every((value, i) => (i % 4 === 3 ? value === 255 : value >= ends[i % 4]![0] && value <= ends[i % 4]![1]))).toBe(true);
      }
    },
  );

  it("a picture has the window's proportions", () => {
    expect(partitions.map(([, partition]) => partitionPixels(partition, { width: 90 }).height)).toEqual([90, 90, 30]);
  });

  it("SVG has one path for each colour and layer, and no number that is none", () => {
    for (const [, partition] of partitions)
      for (const colour of colours) {
        const svg = partitionSvg(partition, { colour });
        expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 1000 \d+">.*<\/svg>\n$/s);
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        const fills = [...svg.matchAll(/<path fill="(#\w+)"/g)].map(([, fill]) => fill);
        expect(new Set(fills).size).toBe(fills.length);
        expect(svg.match(/stroke-opacity/g)!.length).toBe(partition.layers.length + 1);
      }
  });

  it("SVG says the same, twice", () => {
    const [[, partition]] = partitions as [(typeof partitions)[number]];
    expect(partitionSvg(partition)).toBe(partitionSvg(partition));
    expect(partitionSvg(partition, { theme: "dark" })).not.toBe(partitionSvg(partition));
  });

  it("an empty partition is a picture of the ground", async () => {
    const [[, partition]] = partitions as [(typeof partitions)[number]];
    const none = new Int32Array(0);
    const empty = {
      ...partition,
      edges: none,
      edgeFaces: none,
      edgeLayers: none,
      faceStart: Int32Array.of(0),
      codeKeys: [],
      maps: new Float64Array(0),
      regionOf: none,
    };
    for (const colour of colours) {
      expect(partitionSvg({ ...empty, boundary: new Float64Array(0) }, { colour })).not.toMatch(/NaN|Infinity/);
      const { data } = partitionPixels({ ...empty, boundary: new Float64Array(0) }, { colour, width: 8 });
      expect(new Set(data).size).toBeLessThanOrEqual(4);
    }
  });
});

describe("a sequence", () => {
  it("has a frame for each network, progress that rises, and one animation", async () => {
    const progress: number[] = [];
    const frames = await partitionSequence([single, classes, single], slices.axisAligned(2, 0, 1), {
      onProgress: (done) => progress.push(done),
    });
    expect(frames.map(({ outputs }) => outputs)).toEqual([1, 3, 1]);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    const svg = sequenceSvg(frames, { colour: "lipschitz" });
    expect(svg.match(/<g id="f\d"/g)).toHaveLength(3);
    expect(svg).toContain("prefers-reduced-motion");
  });

  it("of no networks is refused", async () => {
    await expect(partitionSequence([], slices.axisAligned(2, 0, 1))).rejects.toMatchObject({ code: "params" });
  });
});
