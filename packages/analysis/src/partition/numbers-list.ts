type Numbers = Float64Array | Int32Array;

/** A list of numbers that grows in a typed array. */
export class NumbersList<T extends Numbers> {
  length = 0;
  private data: T;

  constructor(private readonly make: new (length: number) => T) {
    this.data = new make(256);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.grow(this.length + 1);
    this.data[this.length++] = value;
  }

  append(values: T): void {
    if (this.length + values.length > this.data.length) this.grow(this.length + values.length);
    this.data.set(values as never, this.length);
    this.length += values.length;
  }

  private grow(needed: number): void {
    const larger = new this.make(Math.max(needed, this.data.length + Math.min(this.data.length, 2 ** 20)));
    larger.set(this.data.subarray(0, this.length) as never);
    this.data = larger;
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
