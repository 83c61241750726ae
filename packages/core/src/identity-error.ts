import { localMap } from "./local-map";
import { type Network, outputShape } from "./network";
import { random } from "./random";
import type { ComputeOptions } from "./run";
import { type Rows, sizeOf } from "./shape";

const MOST_OUTPUTS = 64;

/**
 * How far f(x) is from A[x]x + b[x] at one point, relative to max_k (|A||x| + |b|)_k over the checked outputs (all, or 64
 * seeded ones where there are more). The two sides are computed apart: f(x) by the network, rows of A by the adjoint, b by
 * the frozen network at 0. Where the scale is 0 the error is 0 if both sides are 0, else infinite; infinite too where anything is not finite.
 */
export function identityError(network: Network, x: Rows, options?: ComputeOptions & { readonly seed?: number }): number {
  const map = localMap(network, x, options);
  const outputs = sizeOf(outputShape(network));
  const checked = checkedOutputs(outputs, options?.seed ?? 1);
  const unit = new Float64Array(checked.length * outputs);
  checked.forEach((k, i) => {
    unit[i * outputs + k] = 1;
  });
  const rows = map.adjoint(unit);
  const bias = map.bias();
  let error = 0;
  let scale = 0;
  checked.forEach((k, i) => {
    const template = rows.subarray(i * x.length, (i + 1) * x.length);
    let sum = 0;
    let size = 0;
    for (let j = 0; j < x.length; j++) {
      sum += template[j]! * x[j]!;
      size += Math.abs(template[j]! * x[j]!);
    }
    error = largest(error, Math.abs(map.values[k]! - (sum + bias[k]!)));
    scale = largest(scale, size + Math.abs(bias[k]!));
  });
  if (!Number.isFinite(error) || !Number.isFinite(scale)) return Infinity;
  if (scale === 0) return error === 0 ? 0 : Infinity;
  return error / scale;
}

/** Unlike Math.max and >, never loses a NaN. */
function largest(a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Math.max(a, b);
}

function checkedOutputs(count: number, seed: number): number[] {
  if (count <= MOST_OUTPUTS) return Array.from({ length: count }, (_, k) => k);
  const { integer } = random(seed);
  const chosen = new Set<number>();
  while (chosen.size < MOST_OUTPUTS) chosen.add(integer(count));
  return [...chosen];
}
