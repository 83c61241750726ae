import { MasoError, type MasoErrorCode, type Network, toData } from "@maso/core";
import type { Level } from "./level";
import type { TrunkCounts } from "./local-parts";
import type { PartComplex } from "./part-complex";
import type { JobOptions, PartitionJob } from "./partition-job";
import type { Pauses } from "./pauses";
import { attached, type FromWorker, listen, type PartitionWorker, type ToWorker } from "./thread-port";

export interface Threads {
  /** How many workers cut parts at the same time; results do not depend on it. 1: this thread alone. */
  readonly threads?: number;
  /** Makes a worker that runs `servePartition`; needed for more than one thread. */
  readonly createWorker?: () => PartitionWorker;
  /** Stops the workers at once. */
  readonly signal?: AbortSignal;
}

/** Parts that are done but wait for an earlier one, by worker: more are not begun. */
const AHEAD = 4;

/** Cuts the parts of the trunk in workers; gives them in order. */
export async function* threadedParts(
  job: PartitionJob,
  network: Network,
  options: JobOptions & Threads,
  pause: Pauses,
  onTrunk: (counts: TrunkCounts) => void,
  onArea: (area: number) => void,
): AsyncGenerator<PartComplex> {
  const { threads = 1, createWorker, signal, blockFaces, inputNorm } = options;
  if (!createWorker)
    throw new MasoError("params", `partition: ${threads} threads need createWorker, which makes a worker that runs servePartition`);
  if (!Number.isInteger(threads) || threads > 256)
    throw new MasoError("params", `partition: threads is ${threads}; needs a whole number from 1 to 256`);
  const workers = Array.from({ length: threads }, createWorker);
  const pool = new PartPool(workers, threads * AHEAD, onTrunk, onArea);
  const stop = (): void => pool.fail(new MasoError("aborted", "partition: stopped, as was asked"));
  signal?.addEventListener("abort", stop);
  try {
    const start: ToWorker = { type: "start", network: toData(network), slice: job.run.slice, blockFaces, inputNorm };
    for (const worker of workers) worker.postMessage(start);
    for (let index = 0; index < (await pool.parts); index++) {
      yield await pool.part(index);
      if (pause.isDue()) await pause.now();
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    for (const worker of workers) worker.terminate();
  }
}

/** Hands out parts to workers that are free, and keeps what they give until it is asked for. */
class PartPool {
  /** How many parts there are. */
  readonly parts: Promise<number>;
  private counts: TrunkCounts | null = null;
  private level: Level | null = null;
  private next = 0;
  private asked = 0;
  private readonly idle: PartitionWorker[] = [];
  private readonly done = new Map<number, PartComplex>();
  private resolveParts: (parts: number) => void = () => {};
  private rejectParts: (error: MasoError) => void = () => {};
  private waiting: { readonly resolve: (part: PartComplex) => void; readonly reject: (error: MasoError) => void } | null = null;
  private failure: MasoError | null = null;

  constructor(
    workers: readonly PartitionWorker[],
    private readonly mostAhead: number,
    private readonly onTrunk: (counts: TrunkCounts) => void,
    private readonly onArea: (area: number) => void,
  ) {
    this.parts = new Promise((resolve, reject) => {
      this.resolveParts = resolve;
      this.rejectParts = reject;
    });
    for (const worker of workers)
      listen(
        worker,
        (message) => this.hear(worker, message as FromWorker),
        (message) => this.fail(new MasoError("worker", `partition: a worker failed: ${message}`)),
      );
  }

  /** The part of a number; numbers ascend. */
  async part(index: number): Promise<PartComplex> {
    this.asked = index;
    this.handOut();
    const known = this.done.get(index);
    if (known) {
      this.done.delete(index);
      return known;
    }
    return new Promise((resolve, reject) => {
      if (this.failure) reject(this.failure);
      else this.waiting = { resolve, reject };
    });
  }

  fail(error: MasoError): void {
    this.failure = error;
    this.rejectParts(error);
    this.waiting?.reject(error);
  }

  private hear(worker: PartitionWorker, message: FromWorker): void {
    if (message.type === "area") this.onArea(message.area);
    else if (message.type === "failed") this.fail(new MasoError(message.code as MasoErrorCode, message.message));
    else {
      if (message.type === "trunk" && this.counts === null) {
        this.counts = message.counts;
        this.level = message.level;
        this.onTrunk(message.counts);
        this.resolveParts(message.counts.parts);
      }
      if (message.type === "part") this.keep(message.index, attached(message.part, this.level));
      this.idle.push(worker);
      this.handOut();
    }
  }

  private keep(index: number, part: PartComplex): void {
    if (this.waiting === null || index !== this.asked) this.done.set(index, part);
    else {
      const { resolve } = this.waiting;
      this.waiting = null;
      resolve(part);
    }
  }

  private handOut(): void {
    while (this.idle.length > 0 && this.next < (this.counts?.parts ?? 0) && this.next <= this.asked + this.mostAhead) {
      const message: ToWorker = { type: "part", index: this.next++ };
      this.idle.pop()!.postMessage(message);
    }
  }
}
