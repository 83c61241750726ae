const real = new Float64Array(1);
const halves = new Int32Array(real.buffer);

/** Equal numbers have equal hashes, 0 and −0 too. */
export function hashOf(value: number): number {
  real[0] = value + 0;
  return Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b), 0xc2b2ae35);
}

/** The hash of a list of members and their factors, behind that of what comes before. */
export function hashOfTerms(before: number, members: Int32Array, factors: Float64Array, count: number): number {
  let hash = before;
  for (let i = 0; i < count; i++) {
    hash = mixed(hash, members[i]!);
    if (factors[i] !== 0) hash = mixed(hash, hashOf(factors[i]!));
  }
  return hash;
}

export function mixed(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, 0x9e3779b1);
  return product ^ (product >>> 15);
}
