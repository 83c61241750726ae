import { wasmCompute } from "@maso/backends/compute";
import { type Compute, encode, inputSize, mapOfCode, plainCompute, random } from "@maso/core";
import { plainRowKernels } from "@maso/core/compute";
import { describe, expect, it } from "vitest";
import { fusePairs } from "../../src/partition/fuse-pairs";
import { finished } from "../../src/partition/pauses";
import { slopesAlong } from "../../src/partition/slopes-along";
import { stagesOf } from "../../src/partition/stages";
import { randomCase } from "./random-networks";

const computes: Record<string, () => Promise<Compute>> = { "plain TypeScript": async () => plainCompute, wasm: wasmCompute };

describe.each(Object.entries(computes))("how outputs change along directions, in %s", (_, computeOf) => {
  it("is what the maps of the codes say", async () => {
    const compute = await computeOf();
    const rows = (await compute.rowKernels?.()) ?? plainRowKernels();
    for (let seed = 0; seed < 60; seed++) {
      const network = fusePairs(randomCase(seed).network);
      const count = 40;
      const { normal } = random(seed);
      const [x, directions] = [0, 1].map(() => Float64Array.from({ length: count * inputSize(network) }, () => normal())) as [
        Float64Array,
        Float64Array,
      ];
      const choices: Uint32Array[] = [];
      for (const { node, choice } of encode(network, x).layers) choices[node] = Uint32Array.from(choice);
      const slopes = slopesAlong({ stages: finished(stagesOf(network, compute)), compute, rows }, choices, directions);
      const expected = mapOfCode(network, count, choices, { compute }).linear(directions);
      const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      expect(slopes.length).toBe(expected.length);
      slopes.forEach((value, i) => expect(Math.abs(value - expected[i]!), `seed ${seed}`).toBeLessThan(1e-12 * size));
    }
  });
});
