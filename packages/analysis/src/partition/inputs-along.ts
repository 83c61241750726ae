import { ROUNDOFF } from "@maso/core";
import type { Scratch } from "./scratch";
import type { VertexSigns } from "./vertex-signs";

/** A stage's inputs along one segment at a time, each read at its ends once. */
export class InputsAlong {
  /** How far the input that was asked for last may be off. */
  error = Number.NaN;
  private a = -1;
  private b = -1;
  /** By input: the last segment at whose ends it was read, its values there, and how far those may be off. */
  private readonly stamps: Int32Array;
  private stamp = 0;
  private readonly atA: Float64Array;
  private readonly atB: Float64Array;
  private readonly errorsA: Float64Array;
  private readonly errorsB: Float64Array;

  constructor(
    private readonly signs: VertexSigns,
    size: number,
    scratch: Scratch,
  ) {
    this.stamps = scratch.whole("segment of input", size).fill(-1, 0, size);
    this.atA = scratch.real("inputs at a", size);
    this.atB = scratch.real("inputs at b", size);
    this.errorsA = scratch.real("input errors at a", size);
    this.errorsB = scratch.real("input errors at b", size);
  }

  /** Goes to the segment that a new vertex lies on. */
  enter(v: number): void {
    const { base } = this.signs.mesh;
    const a = base[2 * v]!;
    const b = base[2 * v + 1]!;
    if (a === this.a && b === this.b) return;
    this.a = a;
    this.b = b;
    this.stamp++;
  }

  /** An input at a new vertex on the segment, or at an end of it. */
  at(v: number, index: number): number {
    if (this.stamps[index] !== this.stamp) this.read(index);
    if (v === this.a) {
      this.error = this.errorsA[index]!;
      return this.atA[index]!;
    }
    if (v === this.b) {
      this.error = this.errorsB[index]!;
      return this.atB[index]!;
    }
    if (this.signs.inputs.isZero(v, index)) {
      this.error = 0;
      return 0;
    }
    const from = this.atA[index]!;
    const to = this.atB[index]!;
    this.error = Math.max(this.errorsA[index]!, this.errorsB[index]!) + 4 * ROUNDOFF * (Math.abs(from) + Math.abs(to));
    return from + this.signs.mesh.part[v]! * (to - from);
  }

  private read(index: number): void {
    const { inputs } = this.signs;
    this.stamps[index] = this.stamp;
    this.atA[index] = inputs.at(this.a, index);
    this.errorsA[index] = inputs.error;
    this.atB[index] = inputs.at(this.b, index);
    this.errorsB[index] = inputs.error;
  }
}
