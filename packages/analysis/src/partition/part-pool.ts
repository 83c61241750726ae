import { MasoError, type MasoErrorCode } from "@maso/core";
import type { PartComplex } from "./part-complex";
import type { Trunk } from "./partition-blocks";
import { attached, type FromWorker, listen, type PartitionWorker, type ToWorker } from "./thread-port";

/** Parts that are done but wait for an earlier one, by thread: more are not begun. */
const AHEAD = 4;
/** Parts that are left by thread: of so few none is given to a worker that still has another. */
const FEW = 3;

/** The parts of a trunk: workers and the thread that asks for them take them one after another, and what is done is kept until it is asked for. */
export class PartPool {
  private readonly workers: PartitionWorker[] = [];
  /** By worker that is ready: the parts that it was given and has not sent yet. */
  private readonly given = new Map<PartitionWorker, number>();
  private trunk: Pick<Trunk, "parts" | "level"> = { parts: [], level: null };
  private readonly done = new Map<number, PartComplex>();
  /** The part that is begun next, and the one that is asked for. */
  private next = 0;
  private asked = 0;
  private failure: { readonly error: unknown } | null = null;
  private isClosed = false;
  private wake: () => void = () => {};

  private onArea: (area: number) => void = () => {};

  /** Of so many threads, of which the one that has the pool is one. */
  constructor(private readonly threads: number) {}

  /** Starts the workers. Throws "worker" where one cannot be made, or where the job cannot be sent to it. */
  start(createWorker: () => PartitionWorker, job: ToWorker): void {
    for (let i = 1; i < this.threads; i++) {
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

  /** Gives workers the parts of a trunk, which each has found for itself. One that never answers gets none. */
  share(trunk: Trunk, onArea: (area: number) => void): void {
    this.trunk = trunk;
    this.onArea = onArea;
    this.handOut();
  }

  /** The number of a part that is begun now, by whoever asks; null where there is none left or the part that is asked for is too far behind. */
  begin(): number | null {
    return this.next < this.trunk.parts.length && this.next <= this.asked + this.threads * AHEAD ? this.next++ : null;
  }

  keep(index: number, part: PartComplex): void {
    this.done.set(index, part);
  }

  /** The part of a number, null where it is not done; numbers ascend. Throws what stopped the work. */
  part(index: number): PartComplex | null {
    this.check();
    if (index !== this.asked) {
      this.asked = index;
      this.handOut();
    }
    const part = this.done.get(index) ?? null;
    this.done.delete(index);
    return part;
  }

  /** Until a worker has done a part, or the work is stopped. */
  async news(): Promise<void> {
    this.check();
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  /** Throws what stopped the work. */
  check(): void {
    if (this.failure) throw this.failure.error;
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
      if (message.type === "part") this.keep(message.index, attached(message.part, this.trunk.level));
      if (message.type === "ready" || message.type === "part") {
        this.given.set(worker, (this.given.get(worker) ?? 1) - 1);
        this.handOut();
        this.wake();
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** A worker has its next part before it is done with one, so that it never waits; of the last ones each goes to whoever is free. */
  private handOut(): void {
    for (const count of [0, 1])
      for (const [worker, given] of this.given) {
        if (given !== count) continue;
        const index = count === 0 || this.areManyLeft() ? this.begin() : null;
        if (index === null) continue;
        this.given.set(worker, given + 1);
        const message: ToWorker = { type: "part", index };
        worker.postMessage(message);
      }
  }

  private areManyLeft(): boolean {
    return this.trunk.parts.length - this.next > FEW * this.threads;
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
