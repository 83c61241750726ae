import { ROUNDOFF } from "@maso/core";
import { EndRows, lerpRow } from "./end-rows";
import type { BoundedRows } from "./given-inputs";
import type { Mesh } from "./mesh";
import type { PartitionRun } from "./partition-run";

export interface KnownRow {
  readonly row: Float64Array;
  /** How far a value may be off. */
  readonly error: number;
}

/** A stage's inputs at the vertices of a mesh: given ones, and between two others at those that are new. */
export class VertexRows {
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

  /** Writes the rows of vertices. */
  write(vertices: Int32Array, result: BoundedRows, run: PartitionRun): void {
    const copied = this.copyGiven(vertices, result);
    if (copied === vertices.length) return;
    const ends = new EndRows(this.mesh, this.inputs, this.given, this, run);
    ends.find(vertices, copied);
    for (let n = copied; n < vertices.length; n++) {
      result.errors[n] = ends.write(vertices[n]!, result.rows, n * result.size);
      result.sizes[n] = ends.largest;
    }
    ends.giveBack();
  }

  /** Writes the rows of the given vertices among some, if they are the first ones; gives how many there are. */
  private copyGiven(vertices: Int32Array, { size, rows, errors, sizes }: BoundedRows): number {
    const { given, inputs } = this;
    let count = 0;
    while (count < Math.min(given, vertices.length) && vertices[count] === count) count++;
    rows.set(inputs.rows.subarray(0, count * size));
    errors.set(inputs.errors.subarray(0, count));
    sizes.set(inputs.sizes.subarray(0, count));
    return count;
  }
}

/** The row between two others. */
function between(a: KnownRow, b: KnownRow, part: number): KnownRow {
  const row = new Float64Array(a.row.length);
  const largest = lerpRow(a.row, 0, b.row, 0, part, row, 0, row.length);
  return { row, error: Math.max(a.error, b.error) + 8 * ROUNDOFF * largest };
}
