import { type AffineBody, type Shape, sizeOf } from "@maso/core";
import { type ReducedAxes, reduction } from "../params/reduction";
import { range } from "./gather-by-offsets";
import { sparse } from "./sparse";

/** Every output is `weight(arity)` times the sum of the `arity` values behind it. */
export function weightedSums(shape: Shape, axes: ReducedAxes, weight: (arity: number) => number): AffineBody {
  const { output, arity, table } = reduction(shape, axes);
  // The last axis that is summed up moves by all values of the axes behind it: these do not mix.
  const channels = arity === 1 ? sizeOf(shape) : table[1]! - table[0]!;
  const count = sizeOf(output) / channels;
  const rows = range(count);
  return sparse(shape, output, {
    rowStart: Int32Array.from(range(count + 1), (k) => k * arity),
    indices: Int32Array.from(rows.flatMap((k) => range(arity, k * channels * arity).map((at) => table[at]! / channels))),
    values: new Float64Array(count * arity).fill(weight(arity)),
    channels,
  });
}
