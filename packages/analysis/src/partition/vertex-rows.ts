import { ROUNDOFF } from "@maso/core";
import type { BoundedRows } from "./given-inputs";
import type { Mesh } from "./mesh";

export interface KnownRow {
  readonly row: Float64Array;
  /** How far a value may be off. */
  readonly error: number;
}

/** A stage's inputs at the vertices of a mesh: given ones, and between two others at those that are new. */
export class VertexRows {
  /** A bound on the largest |value| of the row copied last. */
  largest = 0;
  /** Rows of new vertices that others are placed by. */
  private readonly known = new Map<number, KnownRow>();

  constructor(
    private readonly mesh: Mesh,
    private readonly inputs: BoundedRows,
    private readonly given: number,
  ) {}

  /** The row of a new vertex that is kept; null where none is. */
  kept(v: number): KnownRow | null {
    return this.known.size === 0 ? null : (this.known.get(v) ?? null);
  }

  /** Computes the whole row of a vertex that others will be placed by, so that placing does not nest. */
  keep(v: number): void {
    if (v < this.given || this.known.has(v)) return;
    this.known.set(v, this.at(v));
  }

  at(v: number): KnownRow {
    const known = this.kept(v);
    if (known !== null) return known;
    const { size, rows, errors } = this.inputs;
    if (v < this.given) return { row: rows.subarray(v * size, (v + 1) * size), error: errors[v]! };
    const { base, part } = this.mesh;
    return between(this.at(base[2 * v]!), this.at(base[2 * v + 1]!), part[v]!);
  }

  /** Writes the rows of the given vertices among some, if they are the first ones; gives how many there are. */
  copyGiven(vertices: Int32Array, { size, rows, errors, sizes }: BoundedRows): number {
    const { given, inputs } = this;
    let count = 0;
    while (count < Math.min(given, vertices.length) && vertices[count] === count) count++;
    rows.set(inputs.rows.subarray(0, count * size));
    errors.set(inputs.errors.subarray(0, count));
    sizes.set(inputs.sizes.subarray(0, count));
    return count;
  }

  /** Writes a vertex's row; gives how far it may be off. `ends` keeps rows of new vertices that others lie between. */
  copyInto(v: number, rows: Float64Array, at: number, ends: Map<number, KnownRow>): number {
    const { size } = this.inputs;
    const known = this.kept(v);
    if (known !== null) {
      this.largest = copyRow(known.row, 0, rows, at, size);
      return known.error;
    }
    if (v < this.given) {
      rows.set(this.inputs.rows.subarray(v * size, (v + 1) * size), at);
      this.largest = this.inputs.sizes[v]!;
      return this.inputs.errors[v]!;
    }
    const { base, part } = this.mesh;
    const a = this.endRow(base[2 * v]!, ends);
    const b = this.endRow(base[2 * v + 1]!, ends);
    const largest = lerpRow(a.row, b.row, part[v]!, rows, at);
    this.largest = largest * (1 + 4 * ROUNDOFF);
    return Math.max(a.error, b.error) + 8 * ROUNDOFF * largest;
  }

  private endRow(v: number, ends: Map<number, KnownRow>): KnownRow {
    let end = ends.get(v);
    if (end === undefined) {
      end = this.at(v);
      ends.set(v, end);
    }
    return end;
  }
}

/** The row between two others. */
export function between(a: KnownRow, b: KnownRow, part: number): KnownRow {
  const row = new Float64Array(a.row.length);
  const largest = lerpRow(a.row, b.row, part, row, 0);
  return { row, error: Math.max(a.error, b.error) + 8 * ROUNDOFF * largest };
}

/** Writes the row between two others; gives the largest |value| of both. */
function lerpRow(from: Float64Array, to: Float64Array, part: number, rows: Float64Array, at: number): number {
  let largest = 0;
  for (let i = 0; i < from.length; i++) {
    const x = from[i]!;
    const y = to[i]!;
    rows[at + i] = x + part * (y - x);
    if (x > largest) largest = x;
    else if (-x > largest) largest = -x;
    if (y > largest) largest = y;
    else if (-y > largest) largest = -y;
  }
  return largest;
}

/** Gives the largest |value|. */
function copyRow(from: Float64Array, first: number, to: Float64Array, at: number, size: number): number {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const value = from[first + i]!;
    to[at + i] = value;
    if (value > largest) largest = value;
    else if (-value > largest) largest = -value;
  }
  return largest;
}
