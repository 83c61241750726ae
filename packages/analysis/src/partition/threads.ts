import { MasoError } from "@maso/core";
import type { PartitionWorker } from "./thread-port";

export interface Threads {
  /** How many threads cut parts at the same time, this one among them: one worker less. Results do not depend on it. 1 where absent. */
  readonly threads?: number;
  /** Makes a worker that runs `servePartition`, each time another, for each thread but this one. */
  readonly createWorker?: () => PartitionWorker;
}

const MOST_THREADS = 256;

/** Throws "params". */
export function checkThreads({ threads = 1, createWorker }: Threads): void {
  if (!Number.isInteger(threads) || threads < 1 || threads > MOST_THREADS)
    throw new MasoError("params", `partition: threads is ${threads}; needs a whole number from 1 to ${MOST_THREADS}`);
  if (threads > 1 && !createWorker)
    throw new MasoError("params", `partition: ${threads} threads need createWorker, which makes a worker that runs servePartition`);
}
