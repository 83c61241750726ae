import { roundingBound } from "./bounds";
import type { Compute } from "./compute/compute";
import { MasoError } from "./maso-error";
import type { Network } from "./network";
import type { AffineOperator, Quantizer } from "./operator";
import { type ComputeOptions, computeOf, joinRows, run, splitInput } from "./run";
import { type Rows, rowsOf, sizeOf, totalSize } from "./shape";
import { unitIntervals } from "./unit-intervals";

/** Boxes, one per row: every value lies in [lower, upper]. */
export interface Intervals {
  readonly lower: Rows;
  readonly upper: Rows;
}

/**
 * Certified bounds on f over boxes of inputs, [rows, inputs] each: f(x) ∈ [lower, upper] for all x in the box, rounding included,
 * soft and discontinuous units too.
 */
export function interval(network: Network, box: Intervals, options?: ComputeOptions): Intervals {
  const compute = computeOf(options);
  const lower = splitInput("interval", network, box.lower);
  const upper = splitInput("interval", network, box.upper);
  if (box.lower.length !== box.upper.length) throw new MasoError("shape", "interval: lower and upper need the same number of values");
  const inverted = box.lower.findIndex((value, i) => value > box.upper[i]!);
  if (inverted >= 0)
    throw new MasoError("params", `interval: value ${inverted} has lower ${box.lower[inverted]} above upper ${box.upper[inverted]}`);
  return run(
    network,
    network.output,
    lower.map((rows, i) => ({ lower: rows, upper: upper[i]! })),
    ({ op }, sources) => (op.type === "affine" ? affineInterval(op, sources, compute) : quantizerInterval(op, sources)),
  );
}

/** Centre and radius: A c + b ± (|A| r + rounding). */
function affineInterval(op: AffineOperator, sources: readonly Intervals[], compute: Compute): Intervals {
  const centres = sources.map(({ lower, upper }) => lower.map((value, i) => value / 2 + upper[i]! / 2));
  const radii = sources.map(({ lower, upper }, s) =>
    lower.map((value, i) => Math.max(upper[i]! - centres[s]![i]!, centres[s]![i]! - value)),
  );
  const middle = op.linear(centres, compute);
  const spread = magnitude(op, radii, compute);
  const size = magnitude(
    op,
    centres.map((centre) => centre.map(Math.abs)),
    compute,
  );
  const gamma = 2 * roundingBound(totalSize(op.inputs) + 8);
  const lower = new Float64Array(middle.length);
  const upper = new Float64Array(middle.length);
  for (let i = 0; i < middle.length; i++) {
    const bias = op.bias[i % op.bias.length]!;
    const radius = spread[i]! + gamma * (size[i]! + spread[i]! + Math.abs(bias)) + Number.MIN_VALUE;
    lower[i] = middle[i]! + bias - radius;
    upper[i] = middle[i]! + bias + radius;
  }
  return { lower, upper };
}

/** |A| r, from the operator or from its rows. */
export function magnitude(op: AffineOperator, r: readonly Rows[], compute: Compute): Rows {
  if (op.magnitude) return op.magnitude(r, compute);
  const joined = joinRows(r, op.inputs);
  const size = totalSize(op.inputs);
  const count = sizeOf(op.output);
  const rows = rowsOf(op.kind, joined, size);
  const result = new Float64Array(rows * count);
  for (let k = 0; k < count; k++) {
    const { indices, values } = op.row(k);
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < indices.length; i++) result[row * count + k]! += Math.abs(values[i]!) * joined[row * size + indices[i]!]!;
  }
  return result;
}

function quantizerInterval(op: Quantizer, sources: readonly Intervals[]): Intervals {
  return unitIntervals(op, {
    lower: joinRows(
      sources.map(({ lower }) => lower),
      op.inputs,
    ),
    upper: joinRows(
      sources.map(({ upper }) => upper),
      op.inputs,
    ),
  });
}
