import { type Norm, plainCompute, roundedUp, roundingBound, type Upper, upper } from "@maso/core";
import type { Tensor } from "../params/tensor";

const LARGEST_GRAM = 1024;
const ITERATIONS = 12;

/**
 * A certified bound on ‖A‖. Norms 1 and ∞ up to rounding; norm 2 by Gram iteration: ‖A‖₂ ≤ ‖(AᵀA)^(2^i)‖_F^(1/2^(i+1)), which
 * converges to the norm from above (Delattre et al. 2023, arXiv 2305.16173), its rounding added at every step.
 */
export function matrixGain({ shape, data }: Tensor, norm: Norm): Upper {
  const [rows, columns] = shape as readonly [number, number];
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  let squares = 0;
  data.forEach((value, i) => {
    rowSums[Math.floor(i / columns)]! += Math.abs(value);
    columnSums[i % columns]! += Math.abs(value);
    squares += value * value;
  });
  const largest = (sums: Float64Array): number => sums.reduce((a, b) => Math.max(a, b), 0);
  if (norm === "inf") return roundedUp(largest(rowSums), columns);
  if (norm === 1) return roundedUp(largest(columnSums), rows);
  const quick = roundedUp(Math.min(Math.sqrt(largest(rowSums) * largest(columnSums)), Math.sqrt(squares)), 2 * data.length);
  if (Math.min(rows, columns) > LARGEST_GRAM || quick.value === 0 || !Number.isFinite(quick.value)) return quick;
  return upper(Math.min(quick.value, gramBound(data, rows, columns)));
}

/**
 * (AᵀA)^(2^i) = exp(log)·(G + E) with ‖G‖_F = 1 and ‖E‖_F ≤ error. A computed product of inner length m is within γ_m ‖·‖_F ‖·‖_F of the
 * true one (Higham 2002, §3.5), so that squaring gives the error γ + 2 error + error², relative to the new norm.
 */
function gramBound(data: Float64Array, rows: number, columns: number): number {
  const wide = columns > rows;
  const [n, depth] = wide ? [rows, columns] : [columns, rows];
  let gram = plainCompute.matmul(data, data, { m: n, k: depth, n, transposeA: !wide, transposeB: wide });
  let log = 0;
  let error = roundingBound(depth) * data.reduce((sum, value) => sum + value * value, 0) * (1 + roundingBound(data.length));
  let best = Infinity;
  for (let power = 2; power <= 2 ** ITERATIONS; power *= 2) {
    const norm = Math.sqrt(gram.reduce((sum, value) => sum + value * value, 0));
    gram = gram.map((value) => value / norm);
    log += Math.log(norm);
    error = error / norm + roundingBound(n * n + 8);
    best = Math.min(best, Math.exp((log + Math.log1p(error)) / power));
    gram = plainCompute.matmul(gram, gram, { m: n, k: n, n });
    log *= 2;
    error = roundingBound(n) * (1 + roundingBound(n * n)) + 2 * error + error * error;
  }
  return best * (1 + roundingBound(64 + 8 * Math.abs(Math.log(best))));
}
