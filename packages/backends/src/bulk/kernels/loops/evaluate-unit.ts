import type { UnitArrays, UnitSpec } from "../unit-spec";

/** Pieces z and selectors s of unit k at the row that starts at v[base]; a piece that does not exist gets z = 0, s = −∞. */
export function evaluateUnit(
  spec: UnitSpec,
  { reads, table, selectors }: UnitArrays,
  v: Float32Array,
  base: number,
  k: number,
  z: Float64Array,
  s: Float64Array,
): void {
  const { pieces, arity, tableRows, selectorRows, selectorSign, anyMissing } = spec;
  for (let r = 0; r < pieces; r++) {
    if (anyMissing && !exists(r)) {
      z[r] = 0;
      s[r] = -Infinity;
      continue;
    }
    z[r] = table === null ? read(r) : affine(table, tableRows, r);
    s[r] = selectors === null ? selectorSign * z[r]! : affine(selectors, selectorRows, r);
  }

  function read(i: number): number {
    const index = reads === null ? k : reads[k * arity + i]!;
    return index < 0 ? 0 : v[base + index]!;
  }

  function affine(planar: Float32Array, rows: number, r: number): number {
    let at = r * (arity + 1) * rows + (k % rows);
    let sum = planar[at + arity * rows]!;
    for (let i = 0; i < arity; i++, at += rows) sum += planar[at]! * read(i);
    return sum;
  }

  /** It needs no value that does not exist. */
  function exists(r: number): boolean {
    for (let i = 0; i < arity; i++)
      if (reads![k * arity + i]! < 0 && (needs(table, tableRows, r, i) || needs(selectors, selectorRows, r, i))) return false;
    return true;
  }

  function needs(planar: Float32Array | null, rows: number, r: number, i: number): boolean {
    return planar === null ? i === r && table === null : planar[(r * (arity + 1) + i) * rows + (k % rows)] !== 0;
  }
}

/** The largest, ties to the lowest index. */
export function argmax(s: Float64Array): number {
  let best = 0;
  for (let r = 1; r < s.length; r++) if (s[r]! > s[best]!) best = r;
  return best;
}

/** η of unit k; negative where it is hard. */
export function etaOf({ etaLength }: UnitSpec, { eta }: UnitArrays, k: number): number {
  return eta === null ? -1 : eta[k % etaLength]!;
}

/** The selectors s made weights softmax(η s); one-hot where η is negative. */
export function toWeights(s: Float64Array, eta: number): void {
  const best = argmax(s);
  if (eta < 0) {
    s.fill(0);
    s[best] = 1;
    return;
  }
  const largest = s[best]!;
  let total = 0;
  for (let r = 0; r < s.length; r++) {
    s[r] = s[r] === -Infinity ? 0 : Math.exp(eta * (s[r]! - largest));
    total += s[r]!;
  }
  for (let r = 0; r < s.length; r++) s[r]! /= total;
}
