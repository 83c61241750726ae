import { MasoError, type MasoErrorCode } from "@maso/core";
import type { Level } from "./level";
import type { TrunkCounts } from "./local-parts";
import type { PartComplex } from "./part-complex";
import { attached, type FromWorker, listen, type PartitionWorker, type ToWorker } from "./thread-port";

/** Workers that cut parts: each free one gets the next part, and what they give is kept until it is asked for. */
export class PartPool {
  private readonly workers: PartitionWorker[] = [];
  private readonly idle: PartitionWorker[] = [];
  private counts: TrunkCounts | null = null;
  private level: Level | null = null;
  private readonly done = new Map<number, PartComplex>();
  /** The part that is handed out next, and the one that is asked for. */
  private next = 0;
  private asked = 0;
  private failure: { readonly error: unknown } | null = null;
  private isClosed = false;
  /** Lets `part` look again. */
  private wake: () => void = () => {};

  constructor(
    private readonly mostAhead: number,
    private readonly onTrunk: (counts: TrunkCounts) => void,
    private readonly onArea: (area: number) => void,
  ) {}

  /** Throws "worker" where no worker can be made, or where the job cannot be sent to it. */
  start(threads: number, createWorker: () => PartitionWorker, job: ToWorker): void {
    for (let i = 0; i < threads; i++) {
      const worker = made(createWorker);
      this.workers.push(worker);
      listen(worker, {
        onMessage: (message) => this.hear(worker, message as FromWorker),
        onError: (message) => this.fail(new MasoError("worker", `partition: a worker failed: ${message}`)),
      });
    }
    try {
      for (const worker of this.workers) worker.postMessage(job);
    } catch (error) {
      throw new MasoError("worker", `partition: the network cannot be sent to workers: ${messageOf(error)}`, { cause: error });
    }
  }

  /** The part of a number, null behind the last one; numbers ascend. Throws what stopped the work. */
  async part(index: number): Promise<PartComplex | null> {
    this.asked = index;
    this.handOut();
    for (;;) {
      if (this.failure) throw this.failure.error;
      if (this.counts !== null && index >= this.counts.parts) return null;
      const part = this.done.get(index);
      if (part) {
        this.done.delete(index);
        return part;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** Ends the work with an error: the first one that is heard of. */
  fail(error: unknown): void {
    if (this.isClosed) return;
    this.failure = { error };
    this.close();
    this.wake();
  }

  /** Terminates the workers; nothing is heard of them any more. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.done.clear();
    for (const worker of this.workers) worker.terminate();
  }

  private hear(worker: PartitionWorker, message: FromWorker): void {
    if (this.isClosed) return;
    try {
      if (message.type === "failed") throw new MasoError(message.code as MasoErrorCode, message.message);
      if (message.type === "area") this.onArea(message.area);
      if (message.type === "trunk") this.knowTrunk(message.counts, message.level);
      if (message.type === "part") this.done.set(message.index, attached(message.part, this.level));
      if (message.type === "trunk" || message.type === "part") {
        this.idle.push(worker);
        this.handOut();
        this.wake();
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** All workers find the same trunk. */
  private knowTrunk(counts: TrunkCounts, level: Level | null): void {
    if (this.counts !== null) return;
    this.counts = counts;
    this.level = level;
    this.onTrunk(counts);
  }

  private handOut(): void {
    while (this.idle.length > 0 && this.next < (this.counts?.parts ?? 0) && this.next <= this.asked + this.mostAhead) {
      const message: ToWorker = { type: "part", index: this.next++ };
      this.idle.pop()!.postMessage(message);
    }
  }
}

function made(createWorker: () => PartitionWorker): PartitionWorker {
  try {
    return createWorker();
  } catch (error) {
    if (error instanceof MasoError) throw error;
    throw new MasoError("worker", `partition: createWorker failed: ${messageOf(error)}`, { cause: error });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
