import { etaOf, pieceAt, pieceExists, pieces, selected, selectorAt } from "./units";

// Of the unit that was weighed last: its winner's selector, Σ exp(η (s − largest)), and the mean of its pieces.
export let largest: f32 = 0;
export let total: f32 = 0;
export let mean: f32 = 0;

/** Weighs the pieces of a soft unit. */
export function weigh(v: usize, k: i32): void {
  const own = etaOf(k);
  largest = selectorAt(v, k, selected(v, k));
  let sum: f32 = 0;
  total = 0;
  for (let r = 0; r < pieces; r++) {
    if (!pieceExists(k, r)) continue;
    const weight = exp(own * (selectorAt(v, k, r) - largest));
    total += weight;
    sum += weight * pieceAt(v, k, r);
  }
  mean = sum / total;
}

/**
 * exp(x) for x ≤ 0, to about one unit in the last place: x = n ln 2 + r with |r| ≤ ½ ln 2, ln 2 in two parts, and the polynomial of
 * Cephes' expf (Moshier). Below the smallest normal number 0. No tables: the memory is not ours.
 */
export function exp(x: f32): f32 {
  if (x < -87) return 0;
  const n = nearest<f32>(x * <f32>Math.LOG2E);
  const r = x - n * 0.693359375 + n * 2.1219444e-4;
  let p: f32 = 1.98756915e-4;
  p = p * r + 1.3981999507e-3;
  p = p * r + 8.3334519073e-3;
  p = p * r + 4.1665795894e-2;
  p = p * r + 1.6666665459e-1;
  p = p * r + 5.0000001201e-1;
  return (p * r * r + r + 1) * reinterpret<f32>((<i32>n + 127) << 23);
}
