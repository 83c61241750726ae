import { ComplexCollector } from "./collect-complex";
import { type PartComplex, partComplex } from "./part-complex";
import { growTrunk, type Trunk } from "./partition-blocks";
import type { PartitionJob } from "./partition-job";
import { freshRun } from "./partition-run";
import { drain, type Pauses } from "./pauses";

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
  { run, ...job }: PartitionJob,
  areCopied: boolean,
  pause: Pauses,
  onTrunk: (counts: TrunkCounts) => void,
  onArea: (area: number) => void,
): AsyncGenerator<PartComplex> {
  const own = freshRun(run);
  const trunk = await drain(growTrunk(own), pause);
  onTrunk(countsOf(own, trunk));
  const collector = areCopied ? new ComplexCollector(run) : undefined;
  for (let index = 0; index < trunk.parts.length; index++)
    yield await drain(partComplex({ run: own, ...job }, trunk, index, onArea, collector), pause);
}

export function countsOf({ regionsAfter, exactDecisions }: PartitionJob["run"], trunk: Trunk): TrunkCounts {
  return { starts: trunk.starts, layers: trunk.stage, regionsAfter: [...regionsAfter], exactDecisions };
}
