import { existsSync, readFileSync } from "node:fs";
import { readNetworkFile } from "@maso/layers";
import { describe, expect, it } from "vitest";
import { type Slice, slicePartition, slices } from "../../src";

const folder = process.env.MASO_FIXTURES;
const planar = ["toy-45-3-4", "mlp-64-64-64", "mnist-mlp-128x3"] as const;

/** Networks with answers that other programs found. */
describe.skipIf(folder === undefined)("the partition of a network with known answers", () => {
  it.each(planar)("%s", async (name) => {
    const answer = read("answers.json")[name] as Record<string, number>;
    const { summary } = await slicePartition(readNetworkFile(read(`nets/${name}.maso.json`)).network!, sliceOf(name), { inputNorm: false });
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
