import { wasmCompute } from "@maso/backends/compute";
import { type Compute, encode, inputSize, mapOfCode, type Network, plainCompute, random } from "@maso/core";
import { plainRowKernels } from "@maso/core/compute";
import { describe, expect, it } from "vitest";
import { fusePairs } from "../../src/partition/fuse-pairs";
import { finished } from "../../src/partition/pauses";
import { slopesAlong } from "../../src/partition/slopes-along";
import { stagesOf } from "../../src/partition/stages";
import { draftOf } from "./draft";
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
      const choices = choicesAt(network, x);
      const slopes = slopesAlong({ stages: finished(stagesOf(network, compute)), compute, rows }, choices, directions);
      const expected = mapOfCode(network, count, choices, { compute }).linear(directions);
      const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      expect(slopes.length).toBe(expected.length);
      slopes.forEach((value, i) => expect(Math.abs(value - expected[i]!), `seed ${seed}`).toBeLessThan(1e-12 * size));
    }
  });

  it("is so where the input feeds several stages, each time it is asked", async () => {
    const compute = await computeOf();
    const rows = (await compute.rowKernels?.()) ?? plainRowKernels();
    const draft = draftOf([[6]]);
    const units = [draft.add("relu", {}, 0), draft.add("abs", {}, 0), draft.add("leaky-relu", { alpha: 0.25 }, 0)];
    const network = draft.network(draft.add("relu", {}, draft.add("add", {}, ...units)));
    const { normal } = random(5);
    const [x, directions] = [0, 1].map(() => Float64Array.from({ length: 40 * 6 }, () => normal())) as [Float64Array, Float64Array];
    const choices = choicesAt(network, x);
    const expected = mapOfCode(network, 40, choices, { compute }).linear(directions);
    const stages = finished(stagesOf(network, compute));
    for (let again = 0; again < 3; again++) {
      const slopes = slopesAlong({ stages, compute, rows }, choices, directions);
      slopes.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
      const [one, other] = [rows.take(240).fill(1), rows.take(240).fill(2)];
      expect(new Set(one)).toEqual(new Set([1]));
      rows.give(one);
      rows.give(other);
    }
  });
});

function choicesAt(network: Network, x: Float64Array): Uint32Array[] {
  const choices: Uint32Array[] = [];
  for (const { node, choice } of encode(network, x).layers) choices[node] = Uint32Array.from(choice);
  return choices;
}
