import { type Compute, ROUNDOFF, roundingBound, unitsOf } from "@maso/core";
import { applyUnits } from "./apply-units";
import type { BoundedRows } from "./given-inputs";
import type { AdvancePlan } from "./plan-advance";
import type { RowPool } from "./row-pool";
import type { Stages } from "./stages";
import type { VertexSigns } from "./vertex-signs";

/** Whole products for some vertices, all at once. */
export class Products {
  private readonly joined: Float64Array;
  private readonly outputs: Float64Array;
  private readonly outputErrors: Float64Array;
  private readonly outputSizes: Float64Array;
  private readonly outputLengths: Float64Array;
  private readonly spread: ReadonlyMap<number, Float64Array>;

  constructor(
    private readonly stages: Stages,
    private readonly l: number,
    signs: VertexSigns,
    whole: Int32Array,
    compute: Compute,
    private readonly pool: RowPool,
  ) {
    const { size, steepness, offset, quantizer } = stages.list[l]!;
    const joined = pool.take(whole.length * size);
    const [inputErrors, inputSizes] = [new Float64Array(whole.length), new Float64Array(whole.length)];
    signs.rowsInto(whole, { size, rows: joined, errors: inputErrors, sizes: inputSizes });
    this.joined = joined;
    this.outputLengths = new Float64Array(whole.length);
    this.outputs = whole.length === 0 ? joined : applyUnits(quantizer!, joined, compute, this.outputLengths);
    this.spread = whole.length === 0 ? new Map() : stages.spread(l, this.outputs, compute);
    const rounding = 2 * roundingBound(unitsOf(quantizer!).arity + 2);
    this.outputSizes = inputSizes.map((largest) => (steepness * largest + offset) * (1 + rounding));
    this.outputErrors = inputErrors.map((error, n) => steepness * error + 2 * rounding * this.outputSizes[n]!);
  }

  giveBack(): void {
    this.pool.give(this.joined);
  }

  /** Adds what the stage's outputs and the constant part give to a target, to what is carried there or to nothing. */
  add(target: number, { whole, slots }: AdvancePlan, { size, rows, errors, sizes }: BoundedRows, isCarried: boolean): void {
    const reached = this.stages.list[this.l]!.targets.find((each) => each.stage === target);
    const values = this.spread.get(target);
    const constant = reached?.isFirst ? this.stages.constants[target]! : null;
    const constantSize = reached?.isFirst ? this.stages.list[target]!.constantSize : 0;
    for (let n = 0; n < whole.length; n++) {
      const slot = slots[whole[n]!]!;
      const at = slot * size;
      const from = n * size;
      if (!isCarried && values === undefined) rows.fill(0, at, at + size);
      else if (!isCarried) rows.set(values!.subarray(from, from + size), at);
      else if (values !== undefined) for (let k = 0; k < size; k++) rows[at + k]! += values[from + k]!;
      const largest = constant === null ? largestIn(rows, at, size) : addTo(rows, at, constant);
      sizes[slot] = largest;
      if (!reached || !values) continue;
      const [error, outputSize] = [this.outputErrors[n]!, this.outputSizes[n]!];
      // Σ|terms| of a row of the product, by Hölder or by Cauchy and Schwarz.
      const terms = Math.min(reached.norm * outputSize, reached.norm2 * this.outputLengths[n]!) + reached.norm * error + constantSize;
      const rounding = 1.01 * roundingBound(reached.roundings) * terms;
      errors[slot]! += reached.norm * error + rounding + 4 * ROUNDOFF * largest;
    }
  }
}

function largestIn(values: Float64Array, from: number, count: number): number {
  let largest = 0;
  for (let i = from; i < from + count; i++) {
    const value = Math.abs(values[i]!);
    if (value > largest) largest = value;
  }
  return largest;
}

/** Adds a constant to a row; gives the largest |value|. */
function addTo(rows: Float64Array, at: number, constant: Float64Array): number {
  let largest = 0;
  for (let k = 0; k < constant.length; k++) {
    const sum = rows[at + k]! + constant[k]!;
    rows[at + k] = sum;
    const value = Math.abs(sum);
    if (value > largest) largest = value;
  }
  return largest;
}
