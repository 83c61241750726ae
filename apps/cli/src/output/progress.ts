import { setImmediate } from "node:timers/promises";
import type { SingleBar } from "cli-progress";

/** Tells how many steps are done, and lets signals through. */
export type Advance = (done: number) => Promise<void>;

const PATIENCE = 1000;

/** Runs long work; on a terminal a bar shows on stderr once it takes more than a second. */
export async function withProgress<T>(label: string, total: number, work: (advance: Advance) => Promise<T>): Promise<T> {
  const start = Date.now();
  let bar: SingleBar | undefined;
  try {
    return await work(async (done) => {
      if (process.stderr.isTTY && Date.now() - start > PATIENCE) bar ??= await startBar(label, total);
      bar?.update(done);
      await setImmediate();
    });
  } finally {
    bar?.stop();
  }
}

/** Runs long work that tells the fraction that is done. */
export function withFraction<T>(label: string, work: (onProgress: (fraction: number) => void) => Promise<T>): Promise<T> {
  return withProgress(label, PERCENT, async (advance) => {
    let drawing: Promise<void> | undefined;
    const result = await work((fraction) => {
      drawing ??= advance(Math.floor(PERCENT * fraction)).finally(() => {
        drawing = undefined;
      });
    });
    await drawing;
    return result;
  });
}

const PERCENT = 100;

async function startBar(label: string, total: number): Promise<SingleBar> {
  const { SingleBar } = (await import("cli-progress")).default;
  const bar = new SingleBar({
    format: `${label} {bar} {value}/{total} | {eta} s left`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: false,
  });
  bar.start(total, 0);
  return bar;
}
