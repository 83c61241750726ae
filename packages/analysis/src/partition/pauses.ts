import { MasoError } from "@maso/core";

/** Lets others run now and then during long work, and stops it where a signal says so. */
export interface Pauses {
  /** Whether others have waited long enough, or the job is to stop. */
  isDue(): boolean;
  /** Throws "aborted". */
  now(): Promise<void>;
}

/** Where nobody waits: a worker has nothing else to do. */
export const noPauses: Pauses = { isDue: () => false, now: async () => {} };

const LONGEST_MS = 15;

/** Throws "aborted" where the signal already says so. */
export function pauses(who: string, signal: AbortSignal | undefined): Pauses {
  const check = (): void => {
    if (signal?.aborted) throw new MasoError("aborted", `${who}: stopped, as was asked`);
  };
  check();
  let last = performance.now();
  return {
    isDue: () => signal?.aborted || performance.now() - last > LONGEST_MS,
    now: async () => {
      await new Promise<void>(afterOthers);
      check();
      last = performance.now();
    },
  };
}

/** Calls back once timers, messages and input that wait have had their turn. A timeout of 0 takes 1 ms in Node and 4 ms in browsers. */
function afterOthers(callback: () => void): void {
  if (typeof setImmediate === "function") {
    setImmediate(callback);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(null);
}

/** Runs a job that yields where it may pause, without pauses. */
export function finished<T>(job: Generator<null, T>): T {
  let step = job.next();
  while (!step.done) step = job.next();
  return step.value;
}

/** Runs a job that yields null where it may pause, and hands each other value to `see`. */
export async function drain<V, T>(job: Generator<V | null, T>, pause: Pauses, see?: (value: V) => void): Promise<T> {
  for (;;) {
    const { done, value } = job.next();
    if (!done && value !== null) see?.(value);
    if (pause.isDue()) await pause.now();
    if (done) return value;
  }
}
