import { type Network, toData } from "@maso/core";
import { PartPool } from "./part-pool";
import { checkJob, type PartitionJob, partitionJob } from "./partition-job";
import type { PartsOptions } from "./parts-in-order";
import type { Pauses } from "./pauses";
import type { Slice } from "./slice";
import { convexWindow } from "./window";

/** A job that is ready to be cut, and the workers that it is cut in besides this thread, if any. */
export interface BegunJob {
  readonly job: PartitionJob;
  /** Whoever has it closes it. */
  readonly pool: PartPool | null;
}

/**
 * Prepares a job here while its workers start and prepare it too. Throws "soft", "discontinuous", "shape", "params", "non-finite", "worker" or
 * "aborted"; then no worker is left.
 */
export async function beginJob(network: Network, slice: Slice, options: PartsOptions, pause: Pauses): Promise<BegunJob> {
  checkJob(network, slice);
  const { threads = 1 } = options;
  const pool = threads === 1 || convexWindow(slice.window) === null ? null : new PartPool(threads);
  try {
    pool?.start(options.createWorker!, {
      type: "start",
      network: toData(network),
      slice,
      blockFaces: options.blockFaces,
      inputNorm: options.inputNorm,
    });
    return { job: await partitionJob(network, slice, options, pause), pool };
  } catch (error) {
    pool?.close();
    throw error;
  }
}
