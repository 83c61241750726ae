/** Two lists that repeat, value by value; the longer length is a multiple of the shorter. */
export function zip(a: Float64Array, b: Float64Array, combine: (a: number, b: number) => number): Float64Array {
  return Float64Array.from({ length: Math.max(a.length, b.length) }, (_, k) => combine(a[k % a.length]!, b[k % b.length]!));
}
