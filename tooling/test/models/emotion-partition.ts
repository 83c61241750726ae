import { type SlicePartition, slicePartition } from "@maso/analysis";
import { wasmCompute } from "@maso/backends/compute";
import { applyHead, forward, type Network } from "@maso/core";
import { beforeAll, describe, expect, it } from "vitest";
import { brokenLaws } from "../../../packages/analysis/test/partition/partition-laws";
import { emotionSlice } from "../../pictures/emotion-slice";
import { EMOTIONS, threeFaces } from "../../pictures/expressions";

let network: Network;
let partition: SlicePartition;

beforeAll(async () => {
  const emotion = await emotionSlice(1e-4);
  network = emotion.network;
  partition = await slicePartition(network, emotion.slice, { compute: await wasmCompute(), inputNorm: false });
}, 600_000);

describe("the drawn faces", () => {
  it("are named by the classifier as they are meant", () => {
    const named = threeFaces().map((face) => {
      const shares = applyHead(network, forward(network, face));
      return EMOTIONS[shares.indexOf(Math.max(...shares))];
    });
    expect(named).toEqual(["happy", "angry", "surprised"]);
  });
});

describe("a convolutional network with max-pools and skips from npm, on a window of a slice through three images", () => {
  it("has regions that make a closed complex, with areas that add up and one code each", () => {
    expect(brokenLaws(partition)).toEqual([]);
    expect(partition.summary.regions).toBeGreaterThan(10);
  });

  it("has the network's values as its maps, in the middle of each region", () => {
    const { centroids, maps, outputs, areas, slice } = partition;
    const [u, v] = slice.axes;
    for (let face = 0; face < areas.length; face += Math.ceil(areas.length / 20)) {
      const [s, t] = [centroids[2 * face]!, centroids[2 * face + 1]!];
      const expected = forward(
        network,
        slice.origin.map((value, i) => value + s * u[i]! + t * v[i]!),
      );
      for (let k = 0; k < outputs; k++) {
        const [slopeS, slopeT, offset] = maps.subarray(3 * (face * outputs + k));
        expect(slopeS! * s + slopeT! * t + offset!).toBeCloseTo(expected[k]!, 8);
      }
    }
  });

  it("has the point where three classes meet: three arms of the decision boundary", () => {
    expect(partition.boundary.length / 4).toBeGreaterThanOrEqual(3);
  });
});
