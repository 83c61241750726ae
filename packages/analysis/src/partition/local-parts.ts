import { ComplexCollector } from "./collect-complex";
import { type PartComplex, partComplex } from "./part-complex";
import { growTrunk, type Trunk } from "./partition-blocks";
import { type PartitionJob, trunkRun } from "./partition-job";
import { drain, type Pauses } from "./pauses";
import { afterLayers } from "./stage-layers";

/** What is known before any part is cut. */
export interface TrunkCounts {
  /** Where each part begins in the trunk's faces, and the last ends. */
  readonly starts: ArrayLike<number>;
  /** How many layers cut the trunk; the regions after them are counted in it. */
  readonly layers: number;
  readonly regionsAfter: readonly number[];
  readonly exactDecisions: number;
}

/** Cuts the trunk and its parts, in order, in this thread. */
export async function* localParts(
  job: PartitionJob,
  areCopied: boolean,
  pause: Pauses,
  onTrunk: (counts: TrunkCounts) => void,
  onArea: (area: number) => void,
): AsyncGenerator<PartComplex> {
  const { trunk, counts } = await grownTrunk(job, pause);
  onTrunk(counts);
  const collector = areCopied ? new ComplexCollector(job.run) : undefined;
  for (let index = 0; index < trunk.parts.length; index++) yield await drain(partComplex(job, trunk, index, onArea, collector), pause);
}

export async function grownTrunk(job: PartitionJob, pause: Pauses): Promise<{ trunk: Trunk; counts: TrunkCounts }> {
  const run = await trunkRun(job);
  const trunk = await drain(growTrunk(run), pause);
  const { layers, regionsAfter, exactDecisions } = run;
  const counts = {
    starts: trunk.starts,
    layers: afterLayers(layers, regionsAfter, trunk.stage).length,
    regionsAfter: afterLayers(layers, regionsAfter),
    exactDecisions,
  };
  return { trunk, counts };
}
