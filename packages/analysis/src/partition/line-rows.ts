import { type Compute, type Quantizer, ROUNDOFF, roundingBound, unitsOf } from "@maso/core";
import type { CutLine } from "./cut-line";
import type { GivenInputs } from "./given-inputs";
import type { LineChunk } from "./line-chunk";
import type { Stages, Target } from "./stages";

/** What stages read at the points of a segment, each row with a bound on what it is off. */
export class LineRows {
  constructor(
    private readonly stages: Stages,
    private readonly compute: Compute,
  ) {}

  /** At rows of the network's input, which are exact. */
  first(x: Float64Array, rows: number): Map<number, GivenInputs> {
    const state = new Map<number, GivenInputs>();
    const errors = new Float64Array(rows);
    this.add(state, this.stages.input.targets, this.stages.spread(-1, x, this.compute), rows, largestOfRows(x, rows), errors);
    return state;
  }

  /** The complete inputs of a stage at the points of a chunk. */
  inputs({ points, state }: LineChunk, l: number): GivenInputs {
    return state.get(l) ?? this.empty(l, points.length, true);
  }

  /** Behind stage l, at the points from ... to of the line that it cut. */
  behind(l: number, chunk: LineChunk, inputs: GivenInputs, line: CutLine, from: number, to: number): Map<number, GivenInputs> {
    const { targets, quantizer } = this.stages.list[l]!;
    const rows = to - from + 1;
    const read = between(inputs, line, from, to);
    const outputs = this.stages.apply(l, read.rows, this.compute);
    const sizes = largestOfRows(outputs, rows);
    const errors = outputErrors(quantizer!, this.stages.list[l]!.steepness, read, sizes);
    const state = new Map<number, GivenInputs>();
    for (const [stage, given] of chunk.state) if (stage > l) state.set(stage, between(given, line, from, to));
    this.add(state, targets, this.stages.spread(l, outputs, this.compute), rows, sizes, errors);
    return state;
  }

  private add(
    state: Map<number, GivenInputs>,
    targets: readonly Target[],
    spread: ReadonlyMap<number, Float64Array>,
    rows: number,
    sizes: Float64Array,
    errors: Float64Array,
  ): void {
    for (const { stage, isFirst, norm, roundings } of targets) {
      const before = state.get(stage);
      const given = before ?? this.empty(stage, rows, isFirst);
      const values = spread.get(stage)!;
      for (let i = 0; i < values.length; i++) given.rows[i]! += values[i]!;
      const constant = isFirst ? this.stages.list[stage]!.constantSize : 0;
      const sums = largestOfRows(given.rows, rows);
      for (let row = 0; row < rows; row++)
        given.errors[row]! +=
          norm * errors[row]! + 2 * roundingBound(roundings) * (norm * (sizes[row]! + errors[row]!) + constant) + 2 * ROUNDOFF * sums[row]!;
      state.set(stage, given);
    }
  }

  private empty(stage: number, rows: number, withConstant: boolean): GivenInputs {
    const { size } = this.stages.list[stage]!;
    const given = { size, rows: new Float64Array(rows * size), errors: new Float64Array(rows) };
    if (!withConstant) return given;
    for (let row = 0; row < rows; row++) given.rows.set(this.stages.constants[stage]!, row * size);
    given.errors.fill(2 * roundingBound(this.mostRoundings()) * this.stages.list[stage]!.constantSize);
    return given;
  }

  private mostRoundings(): number {
    const all = [this.stages.input, ...this.stages.list].flatMap(({ targets }) => targets.map(({ roundings }) => roundings));
    return Math.max(4, ...all);
  }
}

/** The rows at the points from ... to of a line, linear between the points that it cut. */
function between({ size, rows, errors }: GivenInputs, { left, part, doubt }: CutLine, from: number, to: number): GivenInputs {
  const result = new Float64Array((to - from + 1) * size);
  const off = new Float64Array(to - from + 1);
  for (let point = from; point <= to; point++) {
    const a = left[point]! * size;
    const at = (point - from) * size;
    off[point - from] = errors[left[point]!]!;
    if (part[point] === 0 && doubt[point] === 0) {
      result.set(rows.subarray(a, a + size), at);
      continue;
    }
    const t = part[point]!;
    let [apart, largest] = [0, 0];
    for (let k = 0; k < size; k++) {
      const value = rows[a + k]!;
      const difference = rows[a + size + k]! - value;
      if (Math.abs(difference) > apart) apart = Math.abs(difference);
      if (Math.abs(value) > largest) largest = Math.abs(value);
      result[at + k] = value + t * difference;
    }
    off[point - from] =
      Math.max(errors[left[point]!]!, errors[left[point]! + 1]!) + doubt[point]! * apart + 4 * ROUNDOFF * (largest + apart);
  }
  return { size, rows: result, errors: off };
}

/** How far the outputs of a quantizer are off: what its inputs are, at most so much steeper, and the rounding of its pieces. */
function outputErrors(quantizer: Quantizer, steepness: number, { rows, errors }: GivenInputs, sizes: Float64Array): Float64Array {
  const { table, arity } = unitsOf(quantizer);
  if (table === null) return errors.slice();
  const offset = table.offsets.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const isUnrounded = arity === 1 && offset === 0 && table.slopes.every((slope) => slope === 0 || Math.abs(slope) === 1);
  if (isUnrounded) return errors.map((error) => steepness * error);
  const inputs = largestOfRows(rows, errors.length);
  return errors.map((error, row) => steepness * error + 2 * roundingBound(arity + 2) * (steepness * inputs[row]! + offset + sizes[row]!));
}

function largestOfRows(values: Float64Array, rows: number): Float64Array {
  const size = values.length / rows;
  const largest = new Float64Array(rows);
  for (let row = 0, i = 0; row < rows; row++) {
    let most = 0;
    for (let k = 0; k < size; k++, i++) {
      const value = Math.abs(values[i]!);
      if (!(value <= most)) most = value;
    }
    largest[row] = most;
  }
  return largest;
}
