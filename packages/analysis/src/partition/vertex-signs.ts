import { ROUNDOFF } from "@maso/core";
import type { RowKernels } from "@maso/core/compute";
import type { Cuts } from "./cuts";
import { CutsAtVertices } from "./cuts-at-vertices";
import type { BoundedRows } from "./given-inputs";
import { grown } from "./grown";
import type { Mesh } from "./mesh";
import { SegmentZeros } from "./segment-zeros";
import type { Settler } from "./settle";
import { VertexInputs } from "./vertex-inputs";
import { VertexRows } from "./vertex-rows";

/** Bits by vertex and cut. */
export interface SignBits {
  readonly positive: Uint32Array;
  readonly negative: Uint32Array;
}

/**
 * The signs of one stage's cuts at the vertices of a mesh, two bits each; both set means that it is open. A new vertex lies between two
 * others, so that a cut has the sign there that both agree on, and is open where they differ. Open signs are computed when they are asked
 * for: in float64 with a bound on the error, and exactly where that leaves doubt.
 */
export class VertexSigns implements SignBits {
  readonly words: number;
  positive: Uint32Array;
  negative: Uint32Array;
  /** The number of vertices that the mesh was given: the first ones, before any is cut. */
  readonly given: number;
  /** Whether no cut is open at the given vertices signed so far. */
  areAllSure = true;
  /** Whether all given vertices are signed. */
  readonly areAllSigned: boolean = false;
  readonly values: CutsAtVertices;
  readonly rows: VertexRows;
  readonly inputs: VertexInputs;
  readonly zeros = new SegmentZeros(this);
  private readonly isSigned: Uint8Array;
  /** By vertex: cuts whose sign floats do not tell there, so that its values may be on the other side. */
  private readonly settled = new Map<number, readonly number[]>();

  constructor(
    readonly mesh: Mesh,
    readonly cuts: Cuts,
    given: BoundedRows,
    private readonly settler: Settler,
    /** A bound on the slope of any of the stage's inputs, in slice coordinates. */
    private readonly steepest: number,
    kernels: RowKernels,
    /** Arrays that may be used. */
    unused: SignBits | undefined,
  ) {
    this.words = Math.max(1, Math.ceil(cuts.count / 32));
    this.given = mesh.vertices;
    this.rows = new VertexRows(mesh, given, this.given);
    this.inputs = new VertexInputs(this, given);
    this.values = new CutsAtVertices(cuts, given, mesh, this.given, this.rows);
    this.positive = cleared(unused?.positive, this.given * this.words);
    this.negative = cleared(unused?.negative, this.given * this.words);
    this.isSigned = new Uint8Array(this.given);
    if (cuts.areInputs) {
      const doubts = new Float64Array(this.given);
      addTimes(this.given, given.errors, steepest, mesh.off, doubts);
      kernels.signs(given.rows, given.size, doubts, this.positive, this.negative);
      this.isSigned.fill(1);
      this.areAllSigned = true;
      if (cuts.fixed !== null) for (let v = 0; v < this.given; v++) this.signFixed(v, cuts.fixed);
      this.areAllSure = !isAnyBoth(0, this.given * this.words, this.positive, this.negative);
    }
  }

  /** Sets the sign bits of a vertex that the mesh was given. */
  signGiven(v: number): void {
    if (this.isSigned[v] === 1) return;
    this.isSigned[v] = 1;
    this.signCuts(v);
    this.completeSigns(v);
  }

  private completeSigns(v: number): void {
    if (this.cuts.fixed !== null) this.signFixed(v, this.cuts.fixed);
    if (isAnyBoth(v * this.words, (v + 1) * this.words, this.positive, this.negative)) this.areAllSure = false;
  }

  private signFixed(v: number, fixed: Int8Array): void {
    for (let c = 0; c < fixed.length; c++) if (fixed[c] !== 2) this.setSign(v, c, fixed[c]!);
  }

  /** Whether a cut is known to be exactly 0 at a vertex. */
  isZero(v: number, c: number): boolean {
    if (v < this.given && this.isSigned[v] === 0) return false;
    const at = v * this.words + (c >> 5);
    return ((this.positive[at]! | this.negative[at]!) & (1 << (c & 31))) === 0;
  }

  /** Notes the sign of a cut at a vertex. */
  setSign(v: number, c: number, sign: number): void {
    const at = v * this.words + (c >> 5);
    const bit = 1 << (c & 31);
    this.positive[at] = sign > 0 ? this.positive[at]! | bit : this.positive[at]! & ~bit;
    this.negative[at] = sign < 0 ? this.negative[at]! | bit : this.negative[at]! & ~bit;
  }

  /** Signs all cuts, bounded as CutReader does. */
  private signCuts(v: number): void {
    const { start, reads, slopes, slopeSizes, offsets, offsetSizes, count } = this.cuts;
    const { rows, size: width, errors } = this.values.inputs;
    const first = v * width;
    const away = errors[v]! + this.steepest * this.mesh.off[v]!;
    for (let w = 0, c = 0; w < this.words; w++) {
      let p = 0;
      let n = 0;
      for (const end = Math.min(count, 32 * (w + 1)); c < end; c++) {
        let value = offsets[c]!;
        let size = offsetSizes[c]!;
        let reach = 0;
        const from = start[c]!;
        const to = start[c + 1]!;
        for (let i = from; i < to; i++) {
          const input = rows[first + reads[i]!]!;
          value += slopes[i]! * input;
          size += slopeSizes[i]! * Math.abs(input);
          reach += slopeSizes[i]!;
        }
        const isUnrounded = to - from === 1 && reach === 1 && size === Math.abs(value);
        const doubt = reach * away + (isUnrounded ? 0 : (to - from + 4) * 2 * ROUNDOFF * size);
        if (value > doubt || (value >= -doubt && doubt > 0)) p |= 1 << (c & 31);
        if (value < -doubt || (value <= doubt && doubt > 0)) n |= 1 << (c & 31);
      }
      this.positive[v * this.words + w] = p;
      this.negative[v * this.words + w] = n;
    }
  }

  /** The sign of a cut at a vertex that has its sign bits, settled. */
  sign(v: number, c: number): -1 | 0 | 1 {
    const at = v * this.words + (c >> 5);
    const bit = 1 << (c & 31);
    const n = this.negative[at]! & bit;
    if ((this.positive[at]! & bit) === 0) return n === 0 ? 0 : -1;
    return n === 0 ? 1 : this.settle(v, c);
  }

  private settle(v: number, c: number): -1 | 0 | 1 {
    let sign = this.filtered(v, c);
    if (sign === 0) {
      sign = this.settler.sign(v, c);
      this.noteSettled(v, c);
    }
    this.setSign(v, c, sign);
    return sign;
  }

  /** Notes that floats do not tell the sign of a cut at a vertex. */
  noteSettled(v: number, c: number): void {
    this.settled.set(v, [...(this.settled.get(v) ?? []), c]);
  }

  forgetSettled(): void {
    this.settled.clear();
  }

  /** Whether a cut may be zero at a vertex as far as floats tell. */
  isInDoubt(v: number, c: number): boolean {
    return this.isZero(v, c) || this.filtered(v, c) === 0;
  }

  /** The sign as far as floats tell; 0: in doubt. */
  private filtered(v: number, c: number): -1 | 0 | 1 {
    this.values.evaluate(v, c);
    const off = this.mesh.off[v]!;
    const value = this.values.value;
    let doubt = this.values.bound;
    if (off > 0) {
      this.values.slope(c);
      doubt += off * this.values.most;
    }
    return value > doubt ? 1 : value < -doubt ? -1 : 0;
  }

  /** Both sign bits of a word at a vertex, for cuts that are open there settled as far as floats tell. */
  tryWord(v: number, word: number): void {
    if (v < this.given && this.isSigned[v] === 0) this.signGiven(v);
    const at = v * this.words + word;
    const open = this.positive[at]! & this.negative[at]!;
    if (open !== 0) this.tryBits(v, word, open);
  }

  private tryBits(v: number, word: number, all: number): void {
    const at = v * this.words + word;
    for (let open = all; open !== 0; open &= open - 1) {
      const bit = open & -open;
      const c = word * 32 + (31 - Math.clz32(bit));
      this.values.evaluate(v, c);
      const doubt = this.values.bound + this.steepest * this.values.reach * this.mesh.off[v]!;
      if (this.values.value > doubt) this.negative[at]! &= ~bit;
      else if (this.values.value < -doubt) this.positive[at]! &= ~bit;
    }
  }

  /** Gives a new vertex the signs that the ends of its segment agree on; a cut is zero there. */
  inherit(v: number, u: number, w: number, zero: number): void {
    const { words } = this;
    if ((v + 1) * words > this.positive.length) {
      this.positive = grown(this.positive, (v + 1) * words);
      this.negative = grown(this.negative, (v + 1) * words);
    }
    const { positive, negative } = this;
    const at = v * words;
    for (let i = 0; i < words; i++) {
      positive[at + i] = positive[u * words + i]! | positive[w * words + i]!;
      negative[at + i] = negative[u * words + i]! | negative[w * words + i]!;
    }
    positive[at + (zero >> 5)]! &= ~(1 << (zero & 31));
    negative[at + (zero >> 5)]! &= ~(1 << (zero & 31));
  }

  /** Places a new vertex, by which no other is placed yet, exactly on the segment between the vertices that it is placed by. */
  refine(v: number): void {
    const { base, part, place, off } = this.mesh;
    const [a, b] = [base[2 * v]!, base[2 * v + 1]!];
    const exact = this.settler.part(v);
    const [ds, dt] = [place[2 * b]! - place[2 * a]!, place[2 * b + 1]! - place[2 * a + 1]!];
    const [s, t] = [place[2 * a]! + exact * ds, place[2 * a + 1]! + exact * dt];
    part[v] = exact;
    place[2 * v] = s;
    place[2 * v + 1] = t;
    off[v] = Math.max(off[a]!, off[b]!) + 8 * ROUNDOFF * (Math.abs(ds) + Math.abs(dt));
  }

  /** The cuts of a word that are not strictly of one sign at two vertices. */
  changing(a: number, b: number, word: number): number {
    this.tryWord(a, word);
    this.tryWord(b, word);
    const { positive, negative } = this;
    const i = a * this.words + word;
    const j = b * this.words + word;
    const above = positive[i]! & positive[j]! & ~(negative[i]! | negative[j]!);
    const below = negative[i]! & negative[j]! & ~(positive[i]! | positive[j]!);
    const rest = this.cuts.count - word * 32;
    const unlike = ~(above | below) & (rest >= 32 ? -1 : (1 << rest) - 1);
    return this.settled.size === 0 ? unlike : unlike | this.settledIn(a, word) | this.settledIn(b, word);
  }

  private settledIn(v: number, word: number): number {
    let bits = 0;
    for (const c of this.settled.get(v) ?? []) if (c >> 5 === word) bits |= 1 << (c & 31);
    return bits;
  }
}

/** sums = a + factor · b. */
function addTimes(count: number, a: Float64Array, factor: number, b: Float64Array, sums: Float64Array): void {
  for (let i = 0; i < count; i++) sums[i] = a[i]! + factor * b[i]!;
}

/** Whether a bit of words [from, to) is set in both. */
function isAnyBoth(from: number, to: number, a: Uint32Array, b: Uint32Array): boolean {
  for (let at = from; at < to; at++) if ((a[at]! & b[at]!) !== 0) return true;
  return false;
}

/** An array that begins with zeros. */
function cleared(array: Uint32Array | undefined, zeros: number): Uint32Array {
  return array !== undefined && array.length >= zeros ? array.fill(0, 0, zeros) : new Uint32Array(zeros);
}
