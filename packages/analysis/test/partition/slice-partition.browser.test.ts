import { wasmCompute } from "@maso/backends/compute";
import { readNetworkFile } from "@maso/layers";
import { describe, expect, inject, it } from "vitest";
import { type PartitionOptions, type PartitionWorker, type Slice, slicePartition } from "../../src";
import { bitsOf } from "./bits-of";
import { brokenLaws } from "./partition-laws";
import type { PartitionInNode } from "./partitions-in-node";

/** Ways to run the same job. */
const ways: Readonly<Record<string, () => Promise<PartitionOptions>>> = {
  "in plain TypeScript": async () => ({}),
  "in wasm": async () => ({ compute: await wasmCompute() }),
  "in two workers": async () => ({ threads: 2, createWorker: moduleWorker }),
};

describe.each(Object.entries(ways))("a partition made in a browser %s has the bits of Node's", (_, optionsOf) => {
  it.each(inject("partitionsInNode"))("$name, $regions regions", async ({ network, slice, regions, bits }) => {
    const partition = await slicePartition(readNetworkFile(network).network!, sliceOf(slice), await optionsOf());
    expect(partition.summary.regions).toBe(regions);
    expect(brokenLaws(partition)).toEqual([]);
    expect(await bitsOf(partition)).toEqual(bits);
  });
});

it("the page is isolated where it should be, and only there", () => {
  expect(crossOriginIsolated).toBe(inject("page") === "isolated");
  expect(typeof SharedArrayBuffer).toBe(crossOriginIsolated ? "function" : "undefined");
});

const moduleWorker = (): PartitionWorker => new Worker(new URL("threads/module-worker.ts", import.meta.url), { type: "module" });

function sliceOf({ origin, axes: [u, v], window }: PartitionInNode["slice"]): Slice {
  const axes = [Float64Array.from(u), Float64Array.from(v)] as const;
  return { origin: Float64Array.from(origin), axes, window: Float64Array.from(window) };
}
