import { ROUNDOFF } from "@maso/core";
import type { Cuts } from "./cuts";
import type { GivenInputs } from "./given-inputs";

/** Computes cuts at points whose inputs are known up to an error, each with a bound on how far it is off. */
export class CutReader {
  /** Of the cut that was read last. */
  value = 0;
  bound = 0;

  constructor(
    private readonly cuts: Cuts,
    private readonly inputs: GivenInputs,
  ) {}

  /** |value − cut| ≤ bound: Σ|slopes| · error of the inputs, and γ_n Σ|terms| for the rounding. */
  read(point: number, cut: number): void {
    const { start, reads, slopes, slopeSizes, offsets, offsetSizes } = this.cuts;
    const { size: width, rows, errors } = this.inputs;
    let [value, size, reach] = [offsets[cut]!, offsetSizes[cut]!, 0];
    const end = start[cut + 1]!;
    for (let i = start[cut]!; i < end; i++) {
      const input = rows[point * width + reads[i]!]!;
      value += slopes[i]! * input;
      size += slopeSizes[i]! * Math.abs(input);
      reach += slopeSizes[i]!;
    }
    const terms = end - start[cut]!;
    // A single value, taken as it is, is not rounded.
    const isUnrounded = terms === 1 && reach === 1 && size === Math.abs(value);
    this.value = value;
    this.bound = reach * errors[point]! + (isUnrounded ? 0 : (terms + 4) * 2 * ROUNDOFF * size);
  }
}
