import { ROUNDOFF } from "@maso/core";
import type { Cuts } from "./cuts";
import type { GivenInputs } from "./given-inputs";

/** Computes cuts at points whose inputs are known up to an error, each with a bound on how far it is off. */
export class CutReader {
  /** Of the cut that was read last. */
  value = Number.NaN;
  bound = Number.NaN;
  /** Σ|slopes|. */
  reach = Number.NaN;

  constructor(
    readonly cuts: Cuts,
    readonly inputs: GivenInputs,
  ) {}

  read(point: number, cut: number): void {
    const { size, rows, errors } = this.inputs;
    this.readRow(rows, point * size, errors[point]!, cut);
  }

  /** |value − cut| ≤ bound: Σ|slopes| · error of the inputs, and γ_n Σ|terms| for the rounding. */
  readRow(row: Float64Array, at: number, error: number, cut: number): void {
    const { start, reads, slopes, slopeSizes, offsets, offsetSizes } = this.cuts;
    let value = offsets[cut]!;
    let size = offsetSizes[cut]!;
    let reach = 0;
    const first = start[cut]!;
    const end = start[cut + 1]!;
    for (let i = first; i < end; i++) {
      const input = row[at + reads[i]!]!;
      value += slopes[i]! * input;
      size += slopeSizes[i]! * Math.abs(input);
      reach += slopeSizes[i]!;
    }
    const terms = end - first;
    // A single value, taken as it is, is not rounded.
    const isUnrounded = terms === 1 && reach === 1 && size === Math.abs(value);
    this.value = value;
    this.reach = reach;
    this.bound = reach * error + (isUnrounded ? 0 : (terms + 4) * 2 * ROUNDOFF * size);
  }
}
