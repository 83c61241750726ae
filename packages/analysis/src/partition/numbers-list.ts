type Numbers = Float64Array | Int32Array;

/** A list of numbers that grows in a typed array. */
export class NumbersList<T extends Numbers> {
  length = 0;
  private data: T;

  constructor(private readonly make: new (length: number) => T) {
    this.data = new make(1024);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new this.make(2 * this.length);
      larger.set(this.data as never);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  at(i: number): number {
    return this.data[i]!;
  }

  set(i: number, value: number): void {
    this.data[i] = value;
  }

  /** The numbers, without copying. */
  get values(): T {
    return this.data.subarray(0, this.length) as T;
  }
}

export const reals = (): NumbersList<Float64Array> => new NumbersList(Float64Array);
export const wholes = (): NumbersList<Int32Array> => new NumbersList(Int32Array);
