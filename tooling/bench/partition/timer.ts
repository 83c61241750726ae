/** Seconds by the clock, and of all processors together: where others use the machine, the second is steadier. */
export interface Time {
  readonly clock: number;
  readonly processor: number;
}

/** Tells the time since it was called. */
export function timer(): () => Time {
  const [start, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { clock: (performance.now() - start) / 1e3, processor: (user + system) / 1e6 };
  };
}
