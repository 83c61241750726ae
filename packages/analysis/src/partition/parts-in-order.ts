import type { Network } from "@maso/core";
import { localParts, type TrunkCounts } from "./local-parts";
import type { PartComplex } from "./part-complex";
import type { JobOptions, PartitionJob } from "./partition-job";
import type { Pauses } from "./pauses";
import { threadedParts } from "./threaded-parts";
import type { Threads } from "./threads";

export interface PartsOptions extends JobOptions, Threads {
  /** Stops the job within 100 ms with "aborted". */
  readonly signal?: AbortSignal;
  /** Told the fraction that is done, now and then. */
  readonly onProgress?: (fraction: number) => void;
}

/** The parts of the window in order, cut here alone or in workers too. Where they are copied, a part may have the arrays of the one before. */
export function partsInOrder(
  job: PartitionJob,
  network: Network,
  options: PartsOptions,
  areCopied: boolean,
  pause: Pauses,
  onTrunk: (counts: TrunkCounts) => void,
  onArea: (area: number) => void,
): AsyncGenerator<PartComplex> {
  return (options.threads ?? 1) === 1
    ? localParts(job, areCopied, pause, onTrunk, onArea)
    : threadedParts(job, network, options, pause, onTrunk, onArea);
}
