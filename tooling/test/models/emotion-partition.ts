import { type SlicePartition, slicePartition } from "@maso/analysis";
import { wasmCompute } from "@maso/backends/compute";
import { applyHead, type Compute, encode, forward, type Network } from "@maso/core";
import { beforeAll, describe, expect, it } from "vitest";
import { brokenLaws } from "../../../packages/analysis/test/partition/partition-laws";
import { emotionClassifier, emotionFeatures, emotionSlice } from "../../pictures/emotion-slice";
import { EMOTIONS, threeFaces } from "../../pictures/expressions";

let compute: Compute;
let classifier: Network;

beforeAll(async () => {
  compute = await wasmCompute();
  classifier = await emotionClassifier();
});

describe("the drawn faces", () => {
  it("are named by the classifier as they are meant", () => {
    const named = threeFaces().map((face) => {
      const shares = applyHead(classifier, forward(classifier, face));
      return EMOTIONS[shares.indexOf(Math.max(...shares))];
    });
    expect(named).toEqual(["happy", "angry", "surprised"]);
  });
});

describe("two blocks of convolutions, max-pools and skips of an npm model, on a window of a slice through three images", () => {
  let network: Network;
  let partition: SlicePartition;

  beforeAll(async () => {
    network = await emotionFeatures(2);
    partition = await slicePartition(network, emotionSlice(1e-4), { compute, inputNorm: false });
  });

  it("has regions that make a closed complex, with areas that add up and one code each", () => {
    expect(brokenLaws(partition)).toEqual([]);
    expect(partition.summary.regions).toBeGreaterThan(20);
  });

  it("has the network's own codes: one in each region, half-way from its centroid to its corners too, and another in every other", () => {
    const { centroids, vertices, faceStart, faceVertices, areas } = partition;
    const codes = new Set<string>();
    for (let face = 0; face < areas.length; face++) {
      const [s, t] = [centroids[2 * face]!, centroids[2 * face + 1]!];
      const corners = [...faceVertices.subarray(faceStart[face]!, faceStart[face + 1]!)];
      const points = [[s, t] as const, ...corners.map((v) => [(s + vertices[2 * v]!) / 2, (t + vertices[2 * v + 1]!) / 2] as const)];
      const own = codesAt(network, partition, points);
      expect(new Set(own).size, `region ${face}`).toBe(1);
      codes.add(own[0]!);
    }
    expect(codes.size).toBe(areas.length);
  });

  it("has the network's values as its maps, in the middle of each region", () => {
    expectValues(network, partition);
  });
});

describe("the whole network, where three classes meet", () => {
  it("has a partition with three arms of the decision boundary, and the network's values as its maps", async () => {
    const partition = await slicePartition(classifier, emotionSlice(5e-7), { compute, inputNorm: false });
    expect(brokenLaws(partition)).toEqual([]);
    expect(partition.boundary.length / 4).toBeGreaterThanOrEqual(3);
    expectValues(classifier, partition);
  });
});

function pointAt({ slice: { origin, axes } }: SlicePartition, [s, t]: readonly [number, number]): Float64Array {
  return origin.map((value, i) => value + s * axes[0][i]! + t * axes[1][i]!);
}

/** The codes of all quantizers at some points of the slice, a string each. */
function codesAt(network: Network, partition: SlicePartition, points: readonly (readonly [number, number])[]): string[] {
  const size = partition.slice.origin.length;
  const rows = new Float64Array(points.length * size);
  points.forEach((point, row) => {
    rows.set(pointAt(partition, point), row * size);
  });
  const { layers } = encode(network, rows, { compute });
  return points.map((_, row) => layers.map(({ choice, units }) => choice.subarray(row * units, (row + 1) * units).join("")).join(" "));
}

function expectValues(network: Network, partition: SlicePartition): void {
  const { centroids, maps, outputs, areas } = partition;
  for (let face = 0; face < areas.length; face += Math.ceil(areas.length / 20)) {
    const [s, t] = [centroids[2 * face]!, centroids[2 * face + 1]!];
    const expected = forward(network, pointAt(partition, [s, t]), { compute });
    expect(expected.length).toBe(outputs);
    for (let k = 0; k < outputs; k++) {
      const [slopeS, slopeT, offset] = maps.subarray(3 * (face * outputs + k));
      expect(slopeS! * s + slopeT! * t + offset!).toBeCloseTo(expected[k]!, 8);
    }
  }
}
