import { MasoError, type Network, toData } from "@maso/core";
import type { TrunkCounts } from "./local-parts";
import type { PartComplex } from "./part-complex";
import { PartPool } from "./part-pool";
import type { PartitionJob } from "./partition-job";
import type { PartsOptions } from "./parts-in-order";
import type { Pauses } from "./pauses";

/** Parts that are done but wait for an earlier one, by worker: more are not begun. */
const AHEAD = 4;

/**
 * Cuts the parts of the trunk in workers; gives them in order. However it ends, all workers are terminated. Throws "aborted", "worker", and
 * what workers throw.
 */
export async function* threadedParts(
  job: PartitionJob,
  network: Network,
  options: PartsOptions,
  pause: Pauses,
  onTrunk: (counts: TrunkCounts) => void,
  onArea: (area: number) => void,
): AsyncGenerator<PartComplex> {
  const { threads = 1, signal, blockFaces, inputNorm } = options;
  const pool = new PartPool(threads * AHEAD, onTrunk, onArea);
  const stop = (): void => pool.fail(new MasoError("aborted", "partition: stopped, as was asked"));
  signal?.addEventListener("abort", stop);
  try {
    pool.start(threads, options.createWorker!, { type: "start", network: toData(network), slice: job.run.slice, blockFaces, inputNorm });
    for (let index = 0; ; index++) {
      const part = await pool.part(index);
      if (part === null) return;
      yield part;
      if (pause.isDue()) await pause.now();
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    pool.close();
  }
}
