import type { Random } from "../random";

export function normals(source: Random, length: number): Float64Array {
  return Float64Array.from({ length }, source.normal);
}

/** Small enough for every sum to be exact. */
export function integers(source: Random, length: number): Float64Array {
  return Float64Array.from({ length }, () => source.integer(19) - 9);
}

/** A whole number from low to high. */
export function pick(source: Random, low: number, high: number): number {
  return low + source.integer(high - low + 1);
}
