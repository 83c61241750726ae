import { ROUNDOFF, roundingBound, unitsOf } from "@maso/core";
import { addTo } from "./add-to";
import { applyUnits } from "./apply-units";
import type { BoundedRows } from "./given-inputs";
import type { PartitionRun } from "./partition-run";
import type { AdvancePlan } from "./plan-advance";
import type { Target } from "./stages";
import type { VertexSigns } from "./vertex-signs";

/** Whole products for some vertices, all at once. */
export class Products {
  private readonly count: number;
  private readonly joined: Float64Array;
  private readonly outputs: Float64Array;
  private readonly outputErrors: Float64Array;
  private readonly outputSizes: Float64Array;
  private readonly outputLengths: Float64Array;
  private spread: ReadonlyMap<number, Float64Array> | null = null;
  /** By vertex: its row in what is behind. */
  private readonly at: Int32Array;

  constructor(
    private readonly run: PartitionRun,
    private readonly l: number,
    signs: VertexSigns,
    { whole, slots }: AdvancePlan,
  ) {
    const { stages, compute, rows: kernels, scratch } = run;
    const { size, steepness, offset, quantizer } = stages.list[l]!;
    const count = whole.length;
    const joined = kernels.take(count * size);
    const errors = scratch.real("product errors", count).subarray(0, count);
    const sizes = scratch.real("product sizes", count).subarray(0, count);
    signs.inputs.writeRows(whole, { size, rows: joined, errors, sizes }, run);
    this.count = count;
    this.joined = joined;
    this.at = scratch.whole("product rows", count).subarray(0, count);
    for (let n = 0; n < count; n++) this.at[n] = slots[whole[n]!]!;
    this.outputLengths = scratch.real("product lengths", count).subarray(0, count);
    this.outputs = count === 0 ? joined : applyUnits(quantizer!, joined, compute, kernels, this.outputLengths);
    boundOutputs(errors, sizes, steepness, offset, 2 * roundingBound(unitsOf(quantizer!).arity + 2));
    this.outputErrors = errors;
    this.outputSizes = sizes;
  }

  giveBack(): void {
    this.run.rows.give(this.joined);
  }

  /** Adds what the stage's outputs and the constant part give to a target, to what is carried there or to nothing. */
  add(target: number, { size, rows, errors, sizes }: BoundedRows, isCarried: boolean): void {
    const { stages, rows: kernels } = this.run;
    const { at, count } = this;
    const reached = stages.list[this.l]!.targets.find((each) => each.stage === target);
    const constant = reached?.isFirst ? stages.constants[target]! : null;
    if (!isCarried)
      for (let n = 0; n < count; n++)
        if (constant === null) rows.fill(0, at[n]! * size, (at[n]! + 1) * size);
        else rows.set(constant, at[n]! * size);
    if (reached && count > 0) this.addOutputs(target, reached.weight, size, rows);
    if (isCarried && constant !== null) for (let n = 0; n < count; n++) addTo(rows, at[n]! * size, constant);
    const largest = kernels.largest(rows, size, at);
    for (let n = 0; n < count; n++) sizes[at[n]!] = largest[n]!;
    if (!reached) return;
    const constantSize = reached.isFirst ? stages.list[target]!.constantSize : 0;
    this.addErrors(reached, constantSize, largest, errors);
  }

  private addErrors({ norm, norm2, roundings }: Target, constantSize: number, largest: Float64Array, errors: Float64Array): void {
    const { at, count, outputErrors, outputSizes, outputLengths } = this;
    const roundoff = 1.01 * roundingBound(roundings);
    for (let n = 0; n < count; n++) {
      const error = outputErrors[n]!;
      // Σ|terms| of a row of the product, by Hölder or by Cauchy and Schwarz.
      const terms = Math.min(norm * outputSizes[n]!, norm2 * outputLengths[n]!) + norm * error + constantSize;
      errors[at[n]!]! += norm * error + roundoff * terms + 4 * ROUNDOFF * largest[n]!;
    }
  }

  /** Adds the linear part of what a target gets of the stage's outputs. */
  private addOutputs(target: number, weight: Float64Array | null, size: number, rows: Float64Array): void {
    const { run, outputs, at, count } = this;
    if (weight !== null) {
      run.rows.addProduct(rows, at, outputs, weight, size, outputs.length / count);
      return;
    }
    this.spread ??= run.stages.spread(this.l, outputs, run.compute);
    const values = this.spread.get(target)!;
    for (let n = 0; n < count; n++) addTo(rows, at[n]! * size, values.subarray(n * size, (n + 1) * size));
  }
}

/** Makes the errors and sizes of inputs those of outputs. */
function boundOutputs(errors: Float64Array, sizes: Float64Array, steepness: number, offset: number, rounding: number): void {
  for (let n = 0; n < errors.length; n++) {
    sizes[n] = (steepness * sizes[n]! + offset) * (1 + rounding);
    errors[n] = steepness * errors[n]! + 2 * rounding * sizes[n]!;
  }
}
