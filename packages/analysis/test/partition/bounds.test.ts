import { network, plainCompute, random } from "@maso/core";
import { builtins } from "@maso/layers";
import { describe, expect, it } from "vitest";
import { intersection } from "../../src/exact";
import { toFloat } from "../../src/exact/exact-point";
import { blocksOfPart, growTrunk } from "../../src/partition/partition-blocks";
import { type PartitionJob, partitionJob } from "../../src/partition/partition-job";
import { pauses } from "../../src/partition/pauses";
import { type Slice, slices } from "../../src/partition/slice";
import { randomCase } from "./random-networks";

/** Of windows of size 2 or so: a bound that says nothing is no use either. */
const MOST_OFF = 2 ** -7;

/** What is off further than is claimed: vertices, against where their two lines meet exactly, and outputs, against the network there. */
function brokenBounds({ run, window }: PartitionJob): string[] {
  if (window === null) return [];
  const broken: string[] = [];
  const growing = growTrunk(run);
  let step = growing.next();
  while (!step.done) step = growing.next();
  const trunk = step.value;
  const steepest = run.stages.list.at(-1)!.growth * run.steepness;
  for (let index = 0; index < trunk.parts.length; index++)
    for (const block of blocksOfPart(run, trunk, index)) {
      if (block === null) continue;
      const { mesh, lines, outputs } = block;
      for (let v = 0; v < mesh.vertices; v++) {
        const point = intersection(lines.form(mesh.lines[2 * v]!), lines.form(mesh.lines[2 * v + 1]!));
        if (point === null) continue;
        const [s, t] = toFloat(point);
        const away = Math.hypot(mesh.place[2 * v]! - s, mesh.place[2 * v + 1]! - t);
        const off = mesh.off[v]!;
        if (off > MOST_OFF) broken.push(`vertex ${v}: may be off by ${off}`);
        if (away > off + mesh.rounded[v]! + 2 ** -52 * (Math.abs(s) + Math.abs(t)))
          broken.push(`vertex ${v}: ${away} from its place, not ${off}`);
        const exact = run.exact.at(point).outputs();
        for (let k = 0; k < outputs.size; k++) {
          const error = Math.abs(outputs.rows[v * outputs.size + k]! - exact[k]!);
          const bound = outputs.errors[v]! + steepest * off + 2 ** -52 * Math.abs(exact[k]!);
          if (error > bound) broken.push(`output ${k} at vertex ${v}: off by ${error}, not ${bound}`);
        }
      }
    }
  return broken;
}

const jobOf = (net: Parameters<typeof partitionJob>[0], slice: Slice): Promise<PartitionJob> =>
  partitionJob(net, slice, { compute: plainCompute, blockFaces: 16 }, pauses("partition", undefined));

/** Dense layers of some width with ReLU: random floats, so that nothing ties. */
function deepNetwork(seed: number, width: number, layers: number): Parameters<typeof partitionJob>[0] {
  const { normal, uniform } = random(seed);
  const nodes: Parameters<typeof network>[0]["nodes"][number][] = [];
  for (let l = 0; l <= layers; l++) {
    const [into, out] = [l === 0 ? 2 : width, l === layers ? 2 : width];
    const weight = { shape: [out, into], data: Float64Array.from({ length: out * into }, () => normal() * Math.sqrt(2 / into)) };
    const bias = Array.from({ length: out }, () => uniform() - 0.5);
    nodes.push({ id: `dense${l}`, op: builtins.operator("dense", { weight, bias }, [[into]]), from: [nodes.length] });
    if (l < layers) nodes.push({ id: `relu${l}`, op: builtins.operator("relu", {}, [[out]]), from: [nodes.length] });
  }
  return network({ inputs: [[2]], nodes, output: nodes.length });
}

describe("how far vertices and outputs may be off", () => {
  it.each([0, 50, 100, 150])("holds for 50 random networks from seed %i on", async (first) => {
    for (let seed = first; seed < first + 50; seed++) {
      const { network: net, slice } = randomCase(seed);
      expect(brokenBounds(await jobOf(net, slice)), `seed ${seed}`).toEqual([]);
    }
  });

  it.each([1, 2, 3])("holds for five layers and stays small, seed %i", async (seed) => {
    const job = await jobOf(deepNetwork(seed, 10, 5), slices.axisAligned(2, 0, 1));
    expect(brokenBounds(job)).toEqual([]);
    expect(job.run.exactDecisions).toBe(0);
  });

  it("is found out where a bound is too small", async () => {
    const job = await jobOf(deepNetwork(4, 8, 3), slices.axisAligned(2, 0, 1));
    const { input } = job.run.stages;
    const careless = { ...job, run: { ...job.run, stages: { ...job.run.stages, input: { ...input, targets: [] } } } };
    expect(brokenBounds(careless).length).toBeGreaterThan(0);
  });
});
