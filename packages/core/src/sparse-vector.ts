/** The nonzero entries of a vector, indices ascending and distinct. */
export interface SparseVector {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** The nonzero entries of entry(0) ... entry(count - 1). */
export function sparseVector(count: number, entry: (i: number) => number): SparseVector {
  const indices = new Int32Array(count);
  const values = new Float64Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) {
    const value = entry(i);
    if (value === 0) continue;
    indices[found] = i;
    values[found++] = value;
  }
  return found === count ? { indices, values } : { indices: indices.slice(0, found), values: values.slice(0, found) };
}

/** Sums entries that may repeat an index or come in any order. */
export function gatherEntries(entries: Iterable<readonly [index: number, value: number]>): SparseVector {
  let all = [...entries];
  if (all.some(([index], e) => e > 0 && index <= all[e - 1]![0])) {
    const sums = new Map<number, number>();
    for (const [index, value] of all) sums.set(index, (sums.get(index) ?? 0) + value);
    all = [...sums].sort(([i], [j]) => i - j);
  }
  const nonzero = all.filter(([, value]) => value !== 0);
  return { indices: Int32Array.from(nonzero, ([index]) => index), values: Float64Array.from(nonzero, ([, value]) => value) };
}
