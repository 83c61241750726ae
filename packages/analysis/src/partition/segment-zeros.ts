import { ROUNDOFF } from "@maso/core";
import type { VertexSigns } from "./vertex-signs";

/** The cuts that are not strictly of one sign on a segment, and between which parts of it each may be zero as far as floats tell. */
export interface Zeros {
  readonly cuts: Int32Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** The zeros on segments of a cut mesh, kept for all parts of the mesh that a segment goes through. */
export class SegmentZeros {
  private readonly known = new Map<number, Zeros>();

  constructor(private readonly signs: VertexSigns) {}

  /** Between two vertices. */
  between(a: number, b: number): Zeros {
    const key = a * this.signs.mesh.vertices + b;
    let zeros = this.known.get(key);
    if (zeros === undefined) {
      zeros = this.find(a, b);
      this.known.set(key, zeros);
    }
    return zeros;
  }

  private find(a: number, b: number): Zeros {
    const { signs } = this;
    const { values, rows } = signs;
    const from = rows.at(a);
    const to = rows.at(b);
    const all = new Int32Array(signs.cuts.count);
    const cuts = all.slice(0, changingCuts(signs, a, b, all));
    const count = cuts.length;
    const zeros = { cuts, least: new Float64Array(count), most: new Float64Array(count) };
    for (let i = 0; i < count; i++) {
      values.readRow(from.row, 0, from.error, cuts[i]!);
      const atA = values.value;
      const boundA = values.bound;
      values.readRow(to.row, 0, to.error, cuts[i]!);
      const rise = values.value - atA;
      const doubt = Math.max(boundA, values.bound) + 4 * ROUNDOFF * (Math.abs(atA) + Math.abs(values.value));
      const at = -atA / rise;
      const around = (1.01 * doubt) / Math.abs(rise) + 8 * ROUNDOFF * Math.abs(at);
      zeros.least[i] = around < 1 ? at - around : -Infinity;
      zeros.most[i] = around < 1 ? at + around : Infinity;
    }
    return zeros;
  }
}

/** Writes the cuts that are not strictly of one sign between two vertices; gives how many there are. */
export function changingCuts(signs: VertexSigns, a: number, b: number, cuts: Int32Array): number {
  const { words } = signs;
  let count = 0;
  for (let w = 0; w < words; w++)
    for (let bits = signs.changing(a, b, w); bits !== 0; bits &= bits - 1) cuts[count++] = w * 32 + 31 - Math.clz32(bits & -bits);
  return count;
}
