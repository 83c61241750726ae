import { type Compute, forward, inputSize, isContinuous, MasoError, type Network, outputShape, plainCompute, sizeOf } from "@maso/core";
import { chosenRows } from "../chosen-rows";
import { exactLineGradients } from "./exact-line-gradients";
import { fusePairs } from "./fuse-pairs";
import { Line } from "./line-chunks";
import { END, START } from "./line-exact";
import { LineGradients, Sums } from "./line-gradients";
import { drain, type Pauses, pauses } from "./pauses";
import { checkPartitionable, stagesOf } from "./stages";

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

/** What completeness is promised to. */
const COMPLETENESS = 1e-12;

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
  checkPartitionable(network, isContinuous);
  const pause = pauses("line", signal);
  const values = forward(network, ends, { compute });
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0)
    throw new MasoError("non-finite", `line: output ${odd % outputs} is ${values[odd]} at an end; finite parameters are needed`);
  const stages = stagesOf(fusePairs(network), compute);
  const line = new Line(stages, from, to, compute);
  const gradients = new LineGradients(line, rows, compute);
  const breakpoints: number[] = [];
  const inner: Float64Array[] = [];
  await drain(walk(), pause);
  const parts = gradients.mean();
  for (let i = 0; i < parts.length; i++) parts[i]! *= to[i % to.length]! - from[i % to.length]!;
  const errors = rows.map((row, i) => completeness(parts, i, from.length, values[row]!, values[outputs + row]!));
  await settleOpen(new Line(stages, from, to, compute), { rows, errors, parts, values }, pause);
  onProgress?.(1);
  return {
    pieces: breakpoints.length + 1,
    breakpoints: Float64Array.from(breakpoints),
    outputs: joined([values.subarray(0, outputs), ...inner, values.subarray(outputs)], outputs),
    rows,
    integratedGradients: parts,
    completenessError: Math.max(0, ...errors),
    exactDecisions: line.exact.decisions,
  };

  function* walk(): Generator<null, void> {
    for (const chunk of line.chunks()) {
      if (chunk !== null) {
        const { points, state } = chunk;
        const last = points.at(-1)!;
        const isLast = last.stage < 0;
        for (const { t } of points.slice(1, isLast ? -1 : undefined))
          breakpoints.push(Math.min(1 - 2 ** -53, Math.max(Number.MIN_VALUE, t)));
        inner.push([...state.values()][0]!.rows.slice(outputs, isLast ? -outputs : undefined));
        yield* gradients.add(chunk);
        onProgress?.(Math.min(0.99, last.t));
      }
      yield null;
    }
  }
}

function checkedEnds(network: Network, from: Float64Array, to: Float64Array): Float64Array {
  const size = inputSize(network);
  for (const [name, end] of Object.entries({ from, to })) {
    if (end.length !== size) throw new MasoError("shape", `line: ${name} has ${end.length} values; the network's input needs ${size}`);
    if (!end.every(Number.isFinite)) throw new MasoError("non-finite", `line: ${name} needs finite numbers`);
  }
  return joined([from, to], size);
}

function joined(parts: readonly Float64Array[], width: number): Float64Array {
  const result = new Float64Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result.subarray(0, at - (at % width));
}

/** |Σ_i IG_i − (f(to) − f(from))| of a row, relative to the largest of what it is made of. */
function completeness(parts: Float64Array, row: number, size: number, atFrom: number, atTo: number): number {
  const terms = new Sums(1);
  let scale = Math.max(Math.abs(atFrom), Math.abs(atTo));
  let sizes = 0;
  for (const part of parts.subarray(row * size, (row + 1) * size)) {
    terms.add(Float64Array.of(part), 1);
    sizes += Math.abs(part);
  }
  terms.add(Float64Array.of(atFrom, atTo).subarray(0, 1), 1);
  terms.add(Float64Array.of(atTo), -1);
  scale = Math.max(scale, sizes);
  return scale === 0 ? 0 : Math.abs(terms.values()[0]!) / scale;
}

/** Where roundings are all that is left of an output's gradients, computes them and the outputs at both ends exactly. */
async function settleOpen(
  line: Line,
  { rows, errors, parts, values }: { rows: readonly number[]; errors: number[]; parts: Float64Array; values: Float64Array },
  pause: Pauses,
): Promise<void> {
  const open = rows.flatMap((_, i) => (errors[i]! <= COMPLETENESS ? [] : [i]));
  if (open.length === 0) return;
  const size = line.from.length;
  const exact = await drain(
    exactLineGradients(
      line,
      open.map((i) => rows[i]!),
    ),
    pause,
  );
  const [atFrom, atTo] = [line.exact.outputs(START), line.exact.outputs(END)];
  open.forEach((i, place) => {
    const row = rows[i]!;
    parts.set(exact.subarray(place * size, (place + 1) * size), i * size);
    values[row] = atFrom[row]!;
    values[atFrom.length + row] = atTo[row]!;
    errors[i] = completeness(parts, i, size, atFrom[row]!, atTo[row]!);
  });
}
