let running: AbortController | undefined;

/** What Ctrl-C does: long work that listens is asked to stop and ends with "aborted", anything else ends at once; so does a second Ctrl-C. */
export function interrupt(): void {
  if (!running || running.signal.aborted) process.exit(130);
  running.abort();
}

/** Runs work that stops when its signal says so. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  running = new AbortController();
  try {
    return await work(running.signal);
  } finally {
    running = undefined;
  }
}
