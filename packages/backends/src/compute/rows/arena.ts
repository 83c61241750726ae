/** Arrays in one piece of memory, which is never enlarged: what was given back is used again, and neighbours are joined. Places are in bytes. */
export class Arena {
  /** What is free: [start, end) pairs that ascend and do not touch. */
  private readonly free: number[];
  private readonly taken = new Map<number, number>();

  constructor(start: number, end: number) {
    this.free = [start, end];
  }

  /** A place for so many bytes, the first that is large enough; −1 where there is none. */
  take(bytes: number): number {
    const { free } = this;
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    for (let i = 0; i < free.length; i += 2) {
      const start = free[i]!;
      if (free[i + 1]! - start < size) continue;
      if (free[i + 1]! - start === size) free.splice(i, 2);
      else free[i] = start + size;
      this.taken.set(start, size);
      return start;
    }
    return -1;
  }

  /** The same at the far end, for what stays. */
  keep(bytes: number): number {
    const { free } = this;
    const size = Math.max(16, Math.ceil(bytes / 16) * 16);
    const last = free.length - 1;
    if (last < 0 || free[last]! - free[last - 1]! <= size) return -1;
    free[last]! -= size;
    return free[last]!;
  }

  give(start: number): void {
    const size = this.taken.get(start);
    if (size === undefined) return;
    this.taken.delete(start);
    const { free } = this;
    const end = start + size;
    let i = 0;
    while (i < free.length && free[i]! < start) i += 2;
    const joinsBefore = i > 0 && free[i - 1] === start;
    const joinsAfter = i < free.length && free[i] === end;
    if (joinsBefore && joinsAfter) free.splice(i - 1, 2);
    else if (joinsBefore) free[i - 1] = end;
    else if (joinsAfter) free[i] = start;
    else free.splice(i, 0, start, end);
  }
}
