import { ROUNDOFF } from "@maso/core";
import type { BoundedRows } from "./given-inputs";
import type { KnownRow } from "./vertex-rows";
import type { VertexSigns } from "./vertex-signs";

/** A stage's inputs at the vertices of a mesh that it cuts: 0 where a sign tells that they are, whatever floats say. */
export class VertexInputs {
  /** How far the input that was asked for last may be off. */
  error = 0;
  /** The cuts that are a multiple of one input. */
  private readonly mask: Uint32Array;

  constructor(
    private readonly signs: VertexSigns,
    private readonly given: BoundedRows,
  ) {
    this.mask = new Uint32Array(signs.words);
    for (const c of signs.cuts.cutOfInput) if (c >= 0) this.mask[c >> 5]! |= 1 << (c & 31);
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
  writeRows(vertices: Int32Array, result: BoundedRows): void {
    const { size, rows, errors, sizes } = result;
    const known = this.signs.rows;
    const copied = known.copyGiven(vertices, result);
    // Rows of new vertices that others lie between.
    const ends = new Map<number, KnownRow>();
    for (let n = 0; n < vertices.length; n++) {
      if (n >= copied) {
        errors[n] = known.copyInto(vertices[n]!, rows, n * size, ends);
        sizes[n] = known.largest;
      }
      errors[n]! += this.clearZeros(vertices[n]!, rows, n * size);
    }
  }

  /** Sets inputs to 0 that are known to be; gives the largest |value| that was there. */
  private clearZeros(v: number, rows: Float64Array, at: number): number {
    const { words, positive, negative, cuts } = this.signs;
    let moved = 0;
    for (let w = 0; w < words; w++) {
      const from = v * words + w;
      for (let zero = ~(positive[from]! | negative[from]!) & this.mask[w]!; zero !== 0; zero &= zero - 1) {
        const place = at + cuts.reads[cuts.start[32 * w + 31 - Math.clz32(zero & -zero)]!]!;
        moved = Math.max(moved, Math.abs(rows[place]!));
        rows[place] = 0;
      }
    }
    return moved;
  }
}
