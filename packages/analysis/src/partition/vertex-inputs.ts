import { ROUNDOFF } from "@maso/core";
import type { BoundedRows } from "./given-inputs";
import type { PartitionRun } from "./partition-run";
import type { VertexSigns } from "./vertex-signs";

/** A stage's inputs at the vertices of a mesh that it cuts: 0 where a sign tells that they are, whatever floats say. */
export class VertexInputs {
  /** How far the input that was asked for last may be off. */
  error = Number.NaN;
  /** The cuts that are a multiple of one input. */
  private readonly mask: Uint32Array;

  constructor(
    private readonly signs: VertexSigns,
    private readonly given: BoundedRows,
  ) {
    this.mask = new Uint32Array(signs.words);
    setBits(signs.cuts.cutOfInput, this.mask);
  }

  /** An input at a vertex; sets `error`. */
  at(v: number, index: number): number {
    const { signs, given } = this;
    if (this.isZero(v, index)) {
      this.error = 0;
      return 0;
    }
    if (v < signs.given) {
      this.error = given.errors[v]!;
      return given.rows[v * given.size + index]!;
    }
    const kept = signs.rows.kept(v);
    if (kept !== null) {
      this.error = kept.error;
      return kept.row[index]!;
    }
    const { base, part } = signs.mesh;
    const from = this.at(base[2 * v]!, index);
    const error = this.error;
    const to = this.at(base[2 * v + 1]!, index);
    this.error = Math.max(error, this.error) + 4 * ROUNDOFF * (Math.abs(from) + Math.abs(to));
    return from + part[v]! * (to - from);
  }

  /** Whether an input is known to be exactly 0 at a vertex: a settled cut is that input. */
  isZero(v: number, index: number): boolean {
    const c = this.signs.cuts.cutOfInput[index]!;
    return c >= 0 && this.signs.isZero(v, c);
  }

  /** Writes all inputs at vertices, with how far they may be off. */
  writeRows(vertices: Int32Array, result: BoundedRows, run: PartitionRun): void {
    const { rows, words, positive, negative, cuts } = this.signs;
    const { size, errors } = result;
    rows.write(vertices, result, run);
    for (let n = 0; n < vertices.length; n++)
      errors[n]! += clearZeros(result.rows, n * size, positive, negative, this.mask, vertices[n]! * words, cuts.start, cuts.reads);
  }
}

function setBits(numbers: Int32Array, bits: Uint32Array): void {
  for (let i = 0; i < numbers.length; i++) {
    const c = numbers[i]!;
    if (c >= 0) bits[c >> 5]! |= 1 << (c & 31);
  }
}

/** Sets inputs to 0 that are known to be, by the sign bits from `first` on; gives the largest |value| that was there. */
function clearZeros(
  rows: Float64Array,
  at: number,
  positive: Uint32Array,
  negative: Uint32Array,
  mask: Uint32Array,
  first: number,
  start: Int32Array,
  reads: Int32Array,
): number {
  let moved = 0;
  for (let w = 0; w < mask.length; w++) {
    for (let zero = ~(positive[first + w]! | negative[first + w]!) & mask[w]!; zero !== 0; zero &= zero - 1) {
      const place = at + reads[start[32 * w + 31 - Math.clz32(zero & -zero)]!]!;
      moved = Math.max(moved, Math.abs(rows[place]!));
      rows[place] = 0;
    }
  }
  return moved;
}
