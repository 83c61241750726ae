/** Arrays of a run by name, for one use at a time: each is used again by the next one who asks for it, and longer than was asked for. */
export class Scratch {
  private readonly reals = new Map<string, Float64Array>();
  private readonly wholes = new Map<string, Int32Array>();
  private readonly bytes = new Map<string, Uint8Array>();

  /** At least so many numbers, with some values or other. */
  real(name: string, length: number): Float64Array {
    const known = this.reals.get(name);
    if (known !== undefined && known.length >= length) return known;
    const made = new Float64Array(length + (length >> 1) + LEAST);
    this.reals.set(name, made);
    return made;
  }

  whole(name: string, length: number): Int32Array {
    const known = this.wholes.get(name);
    if (known !== undefined && known.length >= length) return known;
    const made = new Int32Array(length + (length >> 1) + LEAST);
    this.wholes.set(name, made);
    return made;
  }

  byte(name: string, length: number): Uint8Array {
    const known = this.bytes.get(name);
    if (known !== undefined && known.length >= length) return known;
    const made = new Uint8Array(length + (length >> 1) + LEAST);
    this.bytes.set(name, made);
    return made;
  }
}

const LEAST = 256;
