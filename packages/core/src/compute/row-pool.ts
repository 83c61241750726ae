/** Arrays that are used again, so that blocks that come and go do not fill the memory with what is to be collected. */
export class RowPool {
  private readonly free: Float64Array[] = [];

  /** An array with some values or other. */
  take(length: number): Float64Array {
    let best = -1;
    for (let i = 0; i < this.free.length; i++) {
      const size = this.free[i]!.length;
      if (size >= length && size <= 4 * length + MOST_WASTE && (best < 0 || size < this.free[best]!.length)) best = i;
    }
    if (best < 0) return new Float64Array(length + (length >> 2)).subarray(0, length);
    const found = this.free[best]!;
    this.free[best] = this.free[this.free.length - 1]!;
    this.free.pop();
    return found.subarray(0, length);
  }

  /** Takes back an array that nobody reads any more. */
  give(array: Float64Array): void {
    if (this.free.length < MOST_FREE) this.free.push(new Float64Array(array.buffer as ArrayBuffer));
  }
}

const MOST_FREE = 32;
const MOST_WASTE = 4096;
