import { type Compute, forward, inputSize, MasoError, type Network, outputShape, plainCompute, sizeOf } from "@maso/core";
import { chosenRows } from "../chosen-rows";
import { checkPartitionable } from "./check-partitionable";
import { complete } from "./complete-gradients";
import { fusePairs } from "./fuse-pairs";
import { Line } from "./line-chunks";
import { LineGradients } from "./line-gradients";
import { drain, pauses } from "./pauses";
import { stagesOf } from "./stages";

export interface LineOptions {
  /** The heavy loops; plain TypeScript where absent. */
  readonly compute?: Compute;
  /** Stops the job within 100 ms with "aborted". */
  readonly signal?: AbortSignal;
  /** Told the fraction that is done, now and then. */
  readonly onProgress?: (fraction: number) => void;
  /** The outputs that get integrated gradients. All where absent and affordable. */
  readonly rows?: readonly number[];
}

/** A network on the segment from + t·(to − from), t in [0, 1]. A piece is an interval with one code of all units. */
export interface LinePartition {
  readonly pieces: number;
  /** Where the code changes, ascending and between 0 and 1 without both. [pieces − 1]. */
  readonly breakpoints: Float64Array;
  /** The network at t = 0, at each breakpoint and at t = 1, [pieces + 1, outputs]. */
  readonly outputs: Float64Array;
  /** The outputs that have integrated gradients. */
  readonly rows: readonly number[];
  /** (to − from) ∘ ∫ ∇f dt: the mean of the pieces' gradients by length, times to − from. [rows, inputs]. */
  readonly integratedGradients: Float64Array;
  /** Largest |Σ_i IG_i − (f(to) − f(from))| of an output relative to the larger of |f(to)|, |f(from)| and Σ_i |IG_i|; at most 1e-12. */
  readonly completenessError: number;
  /** How many decisions the float filter left to exact arithmetic. */
  readonly exactDecisions: number;
}

/**
 * All breakpoints of a hard, continuous network on a segment, and its exact integrated gradients (arXiv 1908.06214). The segment is
 * t·to + (1 − t)·from with both ends as they are given. How many breakpoints there are, and in which order, is decided in float64 with a
 * bound on the error and in rational arithmetic where that leaves doubt; several units that change in one point make one breakpoint,
 * and one that touches its facet without crossing it makes none. A breakpoint's place carries the rounding of float64 alone.
 * Throws "soft", "discontinuous", "shape", "params", "non-finite", "too-large" or "aborted".
 */
export async function linePartition(
  network: Network,
  from: Float64Array,
  to: Float64Array,
  options: LineOptions = {},
): Promise<LinePartition> {
  const { compute = plainCompute, signal, onProgress } = options;
  const ends = checkedEnds(network, from, to);
  const outputs = sizeOf(outputShape(network));
  const rows = chosenRows("line", outputs, from.length, options.rows);
  checkPartitionable(network);
  const pause = pauses("line", signal);
  const values = forward(network, ends, { compute });
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    throw new MasoError("non-finite", `line: output ${odd % outputs} is ${values[odd]} at an end; finite parameters are needed`);
  const stages = await drain(stagesOf(fusePairs(network), compute), pause);
  const line = new Line(stages, from, to, compute);
  const gradients = new LineGradients(line, rows, compute);
  const breakpoints: number[] = [];
  const inner: Float64Array[] = [];
  await drain(walk(), pause);
  const integratedGradients = gradients.mean();
  for (let i = 0; i < integratedGradients.length; i++) integratedGradients[i]! *= to[i % to.length]! - from[i % to.length]!;
  const completenessError = await complete(stages, { from, to, rows, integratedGradients, ends: values }, pause, compute);
  onProgress?.(1);
  return {
    pieces: breakpoints.length + 1,
    breakpoints: Float64Array.from(breakpoints),
    outputs: joined([values.subarray(0, outputs), ...inner, values.subarray(outputs)]),
    rows,
    integratedGradients,
    completenessError,
    exactDecisions: line.exact.decisions,
  };

  function* walk(): Generator<null, void> {
    for (const chunk of line.chunks()) {
      yield null;
      if (chunk === null) continue;
      const { points, state } = chunk;
      const atEnd = points.at(-1)!.stage < 0 ? 1 : 0;
      for (const { t } of points.slice(1, points.length - atEnd)) breakpoints.push(Math.min(1 - 2 ** -53, Math.max(Number.MIN_VALUE, t)));
      inner.push([...state.values()][0]!.rows.slice(outputs, (points.length - atEnd) * outputs));
      yield* gradients.add(chunk, (t) => onProgress?.(Math.min(0.99, t)));
    }
  }
}

function checkedEnds(network: Network, from: Float64Array, to: Float64Array): Float64Array {
  const size = inputSize(network);
  for (const [name, end] of Object.entries({ from, to })) {
    if (end.length !== size) throw new MasoError("shape", `line: ${name} has ${end.length} values; the network's input needs ${size}`);
    if (!end.every(Number.isFinite)) throw new MasoError("non-finite", `line: ${name} needs finite numbers`);
  }
  return joined([from, to]);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
