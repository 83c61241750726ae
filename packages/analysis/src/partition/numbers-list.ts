type Numbers = Float64Array | Int32Array;

/** A list of numbers that grows in a typed array. */
export class NumbersList<T extends Numbers> {
  length = 0;
  data: T;
  private expected = 0;

  constructor(private readonly make: new (length: number) => T) {
    this.data = new make(256);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.grow(this.length + 1);
    this.data[this.length++] = value;
  }

  append(values: T): void {
    const start = this.extend(values.length);
    this.data.set(values as never, start);
  }

  /** Makes the list longer by some numbers, to be written into `data` from the place on that it gives. */
  extend(count: number): number {
    const start = this.length;
    if (start + count > this.data.length) this.grow(start + count);
    this.length += count;
    return start;
  }

  /** Says how long the list is likely to become: when it has to grow, it makes room for that at once. */
  expect(length: number): void {
    this.expected = length;
  }

  private grow(needed: number): void {
    const { length } = this.data;
    const usual = length + (length < 2 ** 21 ? length : length >> 1);
    const larger = new this.make(Math.max(needed, this.expected >= needed ? this.expected : usual));
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

/** Appends numbers with another one added to each. */
export function appendMoved(list: NumbersList<Int32Array>, values: Int32Array, by: number): void {
  const start = list.extend(values.length);
  writeMoved(values.length, values, by, start, list.data);
}

/** Writes numbers from a place on, with another one added to each. */
export function writeMoved(count: number, values: Int32Array, by: number, start: number, data: Int32Array): void {
  for (let i = 0; i < count; i++) data[start + i] = values[i]! + by;
}
