import { existsSync, readFileSync } from "node:fs";
import { wasmCompute } from "@maso/backends/compute";
import { readNetworkFile } from "@maso/layers";
import { describe, expect, it } from "vitest";
import { type PartitionOptions, type Slice, slicePartition, slices } from "../../src";
import { threadWorker } from "./threads/workers";

const folder = process.env.MASO_FIXTURES;
const planar = ["toy-45-3-4", "mlp-64-64-64", "mnist-mlp-128x3", "mnist-conv-avgpool"] as const;

const ways: Readonly<Record<string, () => Promise<PartitionOptions>>> = {
  "one thread": async () => ({}),
  "one thread in wasm": async () => ({ compute: await wasmCompute() }),
  "two threads": async () => ({ threads: 2, createWorker: () => threadWorker() }),
  "two threads in wasm": async () => ({ compute: await wasmCompute(), threads: 2, createWorker: () => threadWorker(true) }),
};

/** Networks with answers that other programs found. */
describe.skipIf(folder === undefined).each(Object.entries(ways))("the partition of a network with known answers, by %s", (_, optionsOf) => {
  it.each(planar)("%s", async (name) => {
    const answer = read("answers.json")[name] as Record<string, number>;
    const network = readNetworkFile(read(`nets/${name}.maso.json`)).network!;
    const { summary } = await slicePartition(network, sliceOf(name), { inputNorm: false, ...(await optionsOf()) });
    for (const key of ["regions", "vertices", "edges", "distinctMaps"] as const)
      if (key in answer) expect(summary[key], key).toBe(answer[key]);
    expect(summary.regionsAfterLayer).toEqual(answer.regionsAfterLayer);
    expect(summary.area).toBeCloseTo(4, 10);
    for (const key of ["boundaryLength", "maxLipschitzSlice"] as const)
      expect(Math.abs(summary[key]! / answer[key]! - 1), key).toBeLessThanOrEqual(1e-9);
  });
});

function sliceOf(name: string): Slice {
  if (!existsSync(`${folder}/nets/${name}.slice.json`)) return slices.axisAligned(2, 0, 1);
  const { origin, axes, window } = read(`nets/${name}.slice.json`) as { origin: number[]; axes: [number[], number[]]; window: never };
  return slices.around(Float64Array.from(origin), Float64Array.from(axes[0]), Float64Array.from(axes[1]), window);
}

function read(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
}
