import { ROUNDOFF, roundingBound, unitsOf } from "@maso/core";
import { addTo } from "./add-to";
import { applyUnits } from "./apply-units";
import type { BoundedRows } from "./given-inputs";
import type { PartitionRun } from "./partition-run";
import type { AdvancePlan } from "./plan-advance";
import type { VertexSigns } from "./vertex-signs";

/** Whole products for some vertices, all at once. */
export class Products {
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
    const { stages, compute, rows: kernels } = run;
    const { size, steepness, offset, quantizer } = stages.list[l]!;
    const joined = kernels.take(whole.length * size);
    const [inputErrors, inputSizes] = [new Float64Array(whole.length), new Float64Array(whole.length)];
    signs.inputs.writeRows(whole, { size, rows: joined, errors: inputErrors, sizes: inputSizes });
    this.joined = joined;
    this.at = whole.map((v) => slots[v]!);
    this.outputLengths = new Float64Array(whole.length);
    this.outputs = whole.length === 0 ? joined : applyUnits(quantizer!, joined, compute, kernels, this.outputLengths);
    const rounding = 2 * roundingBound(unitsOf(quantizer!).arity + 2);
    this.outputSizes = inputSizes.map((largest) => (steepness * largest + offset) * (1 + rounding));
    this.outputErrors = inputErrors.map((error, n) => steepness * error + 2 * rounding * this.outputSizes[n]!);
  }

  giveBack(): void {
    this.run.rows.give(this.joined);
  }

  /** Adds what the stage's outputs and the constant part give to a target, to what is carried there or to nothing. */
  add(target: number, { size, rows, errors, sizes }: BoundedRows, isCarried: boolean): void {
    const { stages, rows: kernels } = this.run;
    const { at } = this;
    const reached = stages.list[this.l]!.targets.find((each) => each.stage === target);
    const constant = reached?.isFirst ? stages.constants[target]! : null;
    if (!isCarried)
      for (let n = 0; n < at.length; n++)
        if (constant === null) rows.fill(0, at[n]! * size, (at[n]! + 1) * size);
        else rows.set(constant, at[n]! * size);
    if (reached && at.length > 0) this.addOutputs(target, reached.weight, size, rows);
    if (isCarried && constant !== null) for (let n = 0; n < at.length; n++) addTo(rows, at[n]! * size, constant);
    const largest = kernels.largest(rows, size, at);
    for (let n = 0; n < at.length; n++) sizes[at[n]!] = largest[n]!;
    if (!reached) return;
    const { norm, norm2 } = reached;
    const roundoff = 1.01 * roundingBound(reached.roundings);
    const constantSize = reached.isFirst ? stages.list[target]!.constantSize : 0;
    for (let n = 0; n < at.length; n++) {
      const [error, outputSize] = [this.outputErrors[n]!, this.outputSizes[n]!];
      // Σ|terms| of a row of the product, by Hölder or by Cauchy and Schwarz.
      const terms = Math.min(norm * outputSize, norm2 * this.outputLengths[n]!) + norm * error + constantSize;
      errors[at[n]!]! += norm * error + roundoff * terms + 4 * ROUNDOFF * largest[n]!;
    }
  }

  /** Adds the linear part of what a target gets of the stage's outputs. */
  private addOutputs(target: number, weight: Float64Array | null, size: number, rows: Float64Array): void {
    const { run, outputs, at } = this;
    if (weight !== null) {
      run.rows.addProduct(rows, at, outputs, weight, size, outputs.length / at.length);
      return;
    }
    this.spread ??= run.stages.spread(this.l, outputs, run.compute);
    const values = this.spread.get(target)!;
    for (let n = 0; n < at.length; n++) addTo(rows, at[n]! * size, values.subarray(n * size, (n + 1) * size));
  }
}
