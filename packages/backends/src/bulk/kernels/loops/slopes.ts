import type { UnitArrays, UnitSpec } from "../unit-spec";
import { etaOf, evaluateUnit, toWeights } from "./evaluate-unit";

/**
 * Soft units made affine at v: their slopes, and behind them their offset, [rows, count, arity + 1]. The local map holds the weights t:
 * Σ_r t_r a_r and Σ_r t_r b_r. The derivative moves them too, and has no offset: Σ_r t_r a_r + η Σ_r t_r (z_r − z̄) σ_r with selector slopes σ
 * and z̄ = Σ_r t_r z_r.
 */
export function slopes(out: Float32Array, v: Float32Array, spec: UnitSpec, arrays: UnitArrays, derivative: boolean): void {
  const { count, pieces, arity, inputSize, tableRows, selectorRows, selectorSign } = spec;
  const { table, selectors } = arrays;
  const [z, t, own] = [new Float64Array(pieces), new Float64Array(pieces), new Float64Array(arity + 1)];
  for (let at = 0, base = 0; at < out.length; base += inputSize)
    for (let k = 0; k < count; k++, at += arity + 1) {
      evaluateUnit(spec, arrays, v, base, k, z, t);
      const eta = etaOf(spec, arrays, k);
      toWeights(t, eta);
      let mean = 0;
      for (let r = 0; r < pieces; r++) mean += t[r]! * z[r]!;
      own.fill(0);
      for (let r = 0; r < pieces; r++) {
        if (t[r] === 0) continue;
        addPiece(table, tableRows, k, r, t[r]!);
        if (!derivative || eta < 0) continue;
        const rate = eta * t[r]! * (z[r]! - mean);
        if (selectors === null) addPiece(table, tableRows, k, r, selectorSign * rate);
        else addPiece(selectors, selectorRows, k, r, rate);
      }
      if (derivative) own[arity] = 0;
      out.set(own, at);
    }

  function addPiece(planar: Float32Array | null, rows: number, k: number, r: number, weight: number): void {
    if (planar === null) own[r]! += weight;
    else for (let i = 0; i <= arity; i++) own[i]! += weight * planar[(r * (arity + 1) + i) * rows + (k % rows)]!;
  }
}
