type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** A longer copy, at least twice as long. */
export function grown<T extends Numbers>(array: T, least = 0): T {
  const larger = new (array.constructor as new (length: number) => T)(Math.max(2 * array.length, least));
  larger.set(array as never);
  return larger;
}
