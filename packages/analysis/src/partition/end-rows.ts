import { ROUNDOFF } from "@maso/core";
import type { BoundedRows } from "./given-inputs";
import type { Mesh } from "./mesh";
import type { PartitionRun } from "./partition-run";
import type { VertexRows } from "./vertex-rows";

const NONE = -1;
const FOUND = 0;

/** Writes rows of vertices that lie between others; the rows of new vertices among those are computed once, and kept meanwhile. */
export class EndRows {
  /** A bound on the largest |value| of the row written last. */
  largest = Number.NaN;
  /** By vertex: its row among those of ends. */
  private readonly places: Int32Array;
  private ends: Float64Array = new Float64Array(0);
  private errors: Float64Array = new Float64Array(0);

  constructor(
    private readonly mesh: Mesh,
    private readonly inputs: BoundedRows,
    private readonly given: number,
    private readonly rows: VertexRows,
    private readonly run: PartitionRun,
  ) {
    this.places = run.scratch.whole("places of ends", mesh.vertices).fill(NONE, 0, mesh.vertices);
  }

  /** Computes the ends between which vertices lie, from the first of them on that is to be written. */
  find(vertices: Int32Array, first: number): void {
    const { mesh, inputs, given, places, run } = this;
    for (let n = first; n < vertices.length; n++) this.mark(vertices[n]!);
    // Vertices come after those that they lie between.
    for (let v = mesh.vertices - 1; v >= given; v--) if (places[v] !== NONE) this.mark(v);
    const count = numbered(places, given, mesh.vertices);
    if (count === 0) return;
    this.ends = run.rows.take(count * inputs.size);
    this.errors = run.scratch.real("errors of ends", count);
    for (let v = given; v < mesh.vertices; v++)
      if (places[v] !== NONE) this.errors[places[v]!] = this.write(v, this.ends, places[v]! * inputs.size);
  }

  private mark(v: number): void {
    const { given, places } = this;
    if (v < given || this.rows.kept(v) !== null) return;
    const { base } = this.mesh;
    const a = base[2 * v]!;
    const b = base[2 * v + 1]!;
    if (a >= given) places[a] = FOUND;
    if (b >= given) places[b] = FOUND;
  }

  /** Writes a vertex's row; gives how far it may be off. */
  write(v: number, rows: Float64Array, at: number): number {
    const { inputs, given, places, ends, errors } = this;
    const { size } = inputs;
    const kept = this.rows.kept(v);
    if (kept !== null) {
      this.largest = copyRow(kept.row, rows, at);
      return kept.error;
    }
    if (v < given) {
      rows.set(inputs.rows.subarray(v * size, (v + 1) * size), at);
      this.largest = inputs.sizes[v]!;
      return inputs.errors[v]!;
    }
    const a = this.mesh.base[2 * v]!;
    const b = this.mesh.base[2 * v + 1]!;
    const isGivenA = a < given;
    const isGivenB = b < given;
    const largest = lerpRow(
      isGivenA ? inputs.rows : ends,
      (isGivenA ? a : places[a]!) * size,
      isGivenB ? inputs.rows : ends,
      (isGivenB ? b : places[b]!) * size,
      this.mesh.part[v]!,
      rows,
      at,
      size,
    );
    this.largest = largest * (1 + 4 * ROUNDOFF);
    const error = Math.max(isGivenA ? inputs.errors[a]! : errors[places[a]!]!, isGivenB ? inputs.errors[b]! : errors[places[b]!]!);
    return error + 8 * ROUNDOFF * largest;
  }

  giveBack(): void {
    this.run.rows.give(this.ends);
  }
}

/** Numbers the ends that were found; gives how many there are. */
function numbered(places: Int32Array, given: number, vertices: number): number {
  let count = 0;
  for (let v = given; v < vertices; v++) if (places[v] !== NONE) places[v] = count++;
  return count;
}

/** Writes the row between two others; gives the largest |value| of both. */
export function lerpRow(
  from: Float64Array,
  atFrom: number,
  to: Float64Array,
  atTo: number,
  part: number,
  rows: Float64Array,
  at: number,
  size: number,
): number {
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const x = from[atFrom + i]!;
    const y = to[atTo + i]!;
    rows[at + i] = x + part * (y - x);
    largest = Math.max(largest, Math.abs(x), Math.abs(y));
  }
  return largest;
}

/** Gives the largest |value|. */
function copyRow(from: Float64Array, to: Float64Array, at: number): number {
  let largest = 0;
  for (let i = 0; i < from.length; i++) {
    const value = from[i]!;
    to[at + i] = value;
    largest = Math.max(largest, Math.abs(value));
  }
  return largest;
}
