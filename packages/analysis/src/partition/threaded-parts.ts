import { MasoError } from "@maso/core";
import { grownTrunk, type TrunkCounts } from "./local-parts";
import { type PartComplex, partComplex } from "./part-complex";
import type { PartPool } from "./part-pool";
import type { Trunk } from "./partition-blocks";
import type { PartitionJob } from "./partition-job";
import type { Pauses } from "./pauses";

/**
 * Cuts the parts of the trunk in this thread and in the workers of a pool; gives them in order. However it ends, all workers are terminated.
 * Throws "aborted", "worker", and what workers throw.
 */
export async function* threadedParts(
  job: PartitionJob,
  pool: PartPool,
  signal: AbortSignal | undefined,
  pause: Pauses,
  onTrunk: (counts: TrunkCounts) => void,
  onArea: (area: number) => void,
): AsyncGenerator<PartComplex> {
  const stop = (): void => pool.fail(new MasoError("aborted", "partition: stopped, as was asked"));
  signal?.addEventListener("abort", stop);
  try {
    const { trunk, counts } = await grownTrunk(job, withCheck(pause, pool));
    onTrunk(counts);
    pool.share(trunk, onArea);
    const own = ownParts(job, trunk, pool, onArea);
    for (let index = 0; index < trunk.parts.length; index++) {
      let part = pool.part(index);
      while (part === null) {
        if (own.next().value === IDLE) await pool.news();
        else if (pause.isDue()) await pause.now();
        part = pool.part(index);
      }
      yield part;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    pool.close();
  }
}

const IDLE = "idle";

/** Cuts what no worker has begun. Yields null where it may pause, and IDLE as long as there is nothing to begin. */
function* ownParts(job: PartitionJob, trunk: Trunk, pool: PartPool, onArea: (area: number) => void): Generator<typeof IDLE | null, never> {
  for (;;) {
    const index = pool.begin();
    if (index === null) {
      yield IDLE;
      continue;
    }
    pool.keep(index, yield* partComplex(job, trunk, index, onArea));
    yield null;
  }
}

/** Pauses that throw what has stopped the workers meanwhile. */
function withCheck({ isDue, now }: Pauses, pool: PartPool): Pauses {
  return {
    isDue,
    now: async () => {
      await now();
      pool.check();
    },
  };
}
