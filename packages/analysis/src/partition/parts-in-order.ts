import type { BegunJob } from "./begin-job";
import { localParts, type TrunkCounts } from "./local-parts";
import type { PartComplex } from "./part-complex";
import type { JobOptions } from "./partition-job";
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
  { job, pool }: BegunJob,
  signal: AbortSignal | undefined,
  areCopied: boolean,
  pause: Pauses,
  onTrunk: (counts: TrunkCounts) => void,
  onArea: (area: number) => void,
): AsyncGenerator<PartComplex> {
  return pool === null ? localParts(job, areCopied, pause, onTrunk, onArea) : threadedParts(job, pool, signal, pause, onTrunk, onArea);
}
