import { ROUNDOFF } from "@maso/core";
import type { Cuts } from "./cuts";
import type { GivenInputs } from "./given-inputs";
import { grown } from "./grown";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";

/**
 * The signs of one stage's cuts at the vertices of a mesh, two bits each; both set means that it is open. A new vertex lies between two
 * others, so that a cut has the sign there that both agree on, and is open where they differ. Open signs are computed when they are asked
 * for: in float64 with a bound on the error, and exactly where that leaves doubt.
 */
export class VertexSigns {
  readonly words: number;
  positive: Uint32Array;
  negative: Uint32Array;
  /** The number of vertices that the mesh was given: the first ones, before any is cut. */
  readonly given: number;
  /** Whether no cut is open at the given vertices signed so far. */
  areAllSure = true;
  /** Of the last evaluation. */
  value = 0;
  bound = 0;
  /** A bound on the largest |value| of the row written last. */
  largest = 0;
  /** The cuts that are a multiple of one input. */
  private readonly inputMask: Uint32Array;
  private largestInput = -1;
  private reach = 0;
  private readonly isSigned: Uint8Array;
  /** Rows of new vertices that others are placed by. */
  private readonly known = new Map<number, KnownRow>();
  private readonly refined = new Set<number>();
  /** Whether each cut is a multiple of one input, and whether cut c is input c. */
  private readonly isPlain: boolean;
  private readonly isIdentity: boolean;
  private corners: readonly [number, number, number] = [0, 0, 0];

  constructor(
    readonly mesh: Mesh,
    readonly cuts: Cuts,
    private readonly inputs: GivenInputs,
    private readonly settler: Settler,
    /** A bound on the slope of any of the stage's inputs, in slice coordinates. */
    private readonly steepest: number,
  ) {
    this.words = Math.max(1, Math.ceil(cuts.count / 32));
    this.given = mesh.vertices;
    this.positive = new Uint32Array(Math.max(1, 2 * this.given * this.words));
    this.negative = new Uint32Array(Math.max(1, 2 * this.given * this.words));
    this.isSigned = new Uint8Array(this.given);
    this.inputMask = new Uint32Array(this.words);
    for (const c of cuts.cutOfInput) if (c >= 0) this.inputMask[c >> 5]! |= 1 << (c & 31);
    this.isPlain = cuts.reads.length === cuts.count && cuts.offsetSizes.every((size) => size === 0);
    this.isIdentity = this.isPlain && cuts.reads.every((read, c) => read === c && cuts.slopes[c] === 1 && cuts.slopeSizes[c] === 1);
  }

  /** Whether some row is known apart from those given. */
  row(v: number): KnownRow | null {
    return this.known.size === 0 ? null : (this.known.get(v) ?? null);
  }

  /** Sets the sign bits of a vertex that the mesh was given. */
  signGiven(v: number): void {
    if (this.isSigned[v] === 1) return;
    this.isSigned[v] = 1;
    if (this.isPlain && this.known.size === 0) this.signPlain(v);
    else for (let c = 0; c < this.cuts.count; c++) this.signOne(v, c);
    if (this.cuts.fixed !== null) this.signFixed(v, this.cuts.fixed);
    for (let at = v * this.words; at < (v + 1) * this.words; at++)
      if ((this.positive[at]! & this.negative[at]!) !== 0) this.areAllSure = false;
  }

  private signFixed(v: number, fixed: Int8Array): void {
    for (let c = 0; c < fixed.length; c++) if (fixed[c] !== 2) this.setSign(v, c, fixed[c]!);
  }

  /** Notes the sign of a cut at a vertex. */
  setSign(v: number, c: number, sign: number): void {
    const at = v * this.words + (c >> 5);
    const bit = 1 << (c & 31);
    this.positive[at] = sign > 0 ? this.positive[at]! | bit : this.positive[at]! & ~bit;
    this.negative[at] = sign < 0 ? this.negative[at]! | bit : this.negative[at]! & ~bit;
  }

  /** As signOne for cuts that are a multiple of one input each. */
  private signPlain(v: number): void {
    const { reads, slopes, slopeSizes, count } = this.cuts;
    const { rows, size, errors } = this.inputs;
    const first = v * size;
    const [error, moved] = [errors[v]!, this.steepest * this.mesh.off[v]!];
    for (let w = 0; w < this.words; w++) {
      let p = 0;
      let n = 0;
      const end = Math.min(32, count - 32 * w);
      if (this.isIdentity) {
        const doubt = error + moved;
        for (let i = 0; i < end; i++) {
          const value = rows[first + 32 * w + i]!;
          if (value >= -doubt) p |= 1 << i;
          if (value <= doubt) n |= 1 << i;
        }
        // A value that is exactly 0 has no sign.
        if (doubt === 0) [p, n] = [p & ~n, n & ~p];
      } else
        for (let i = 0; i < end; i++) {
          const c = 32 * w + i;
          const input = rows[first + reads[c]!]!;
          const value = slopes[c]! * input;
          const size = slopeSizes[c]! * Math.abs(input);
          const doubt = slopeSizes[c]! * (error + moved) + (size === Math.abs(value) ? 0 : 10 * ROUNDOFF * size);
          if (value > doubt) p |= 1 << i;
          else if (value < -doubt) n |= 1 << i;
          else if (value !== 0 || doubt !== 0) {
            p |= 1 << i;
            n |= 1 << i;
          }
        }
      this.positive[v * this.words + w] = p;
      this.negative[v * this.words + w] = n;
    }
  }

  private signOne(v: number, c: number): void {
    this.evaluate(v, c);
    const at = v * this.words + (c >> 5);
    const bit = 1 << (c & 31);
    const doubt = this.bound + this.steepest * this.reach * this.mesh.off[v]!;
    if (this.value > doubt || (this.value >= -doubt && doubt > 0)) this.positive[at]! |= bit;
    if (this.value < -doubt || (this.value <= doubt && doubt > 0)) this.negative[at]! |= bit;
  }

  /** Sets value and bound to those of a cut where a vertex is placed, and reach to Σ|slopes|. */
  evaluate(v: number, c: number): void {
    const known = this.row(v);
    if (known !== null) this.evaluateRow(known.row, 0, known.error, c);
    else if (v < this.given) this.evaluateRow(this.inputs.rows, v * this.inputs.size, this.inputs.errors[v]!, c);
    else {
      const { base, part } = this.mesh;
      this.evaluate(base[2 * v]!, c);
      const a = this.value;
      const boundA = this.bound;
      this.evaluate(base[2 * v + 1]!, c);
      const b = this.value;
      this.value = a + part[v]! * (b - a);
      this.bound = Math.max(boundA, this.bound) + 4 * ROUNDOFF * (Math.abs(a) + Math.abs(b));
    }
  }

  private evaluateRow(row: Float64Array, at: number, error: number, c: number): void {
    const { start, reads, slopes, slopeSizes, offsets, offsetSizes } = this.cuts;
    let value = offsets[c]!;
    let size = offsetSizes[c]!;
    let reach = 0;
    const first = start[c]!;
    const end = start[c + 1]!;
    for (let i = first; i < end; i++) {
      const input = row[at + reads[i]!]!;
      value += slopes[i]! * input;
      size += slopeSizes[i]! * Math.abs(input);
      reach += slopeSizes[i]!;
    }
    this.value = value;
    this.reach = reach;
    // A single unchanged value is not rounded.
    const exact = end - first === 1 && size === Math.abs(value);
    this.bound = reach * error + (exact ? 0 : (end - first + 4) * 2 * ROUNDOFF * size);
  }

  /** The sign of a cut at a vertex, settled. */
  sign(v: number, c: number): -1 | 0 | 1 {
    const at = v * this.words + (c >> 5);
    const bit = 1 << (c & 31);
    if (v < this.given && this.isSigned[v] === 0) this.signGiven(v);
    const p = this.positive[at]! & bit;
    const n = this.negative[at]! & bit;
    if (p === 0) return n === 0 ? 0 : -1;
    if (n === 0) return 1;
    let sign = this.filtered(v, c);
    if (sign === 0) {
      sign = this.settler.sign(v, c);
      if (v >= this.given) this.refine(v);
    }
    this.setSign(v, c, sign);
    return sign;
  }

  /** Whether a cut may be zero at a vertex as far as floats tell. */
  isInDoubt(v: number, c: number): boolean {
    const at = v * this.words + (c >> 5);
    const isZero = ((this.positive[at]! | this.negative[at]!) & (1 << (c & 31))) === 0;
    return isZero || this.filtered(v, c) === 0;
  }

  /** The sign as far as floats tell; 0: in doubt. */
  private filtered(v: number, c: number): -1 | 0 | 1 {
    this.evaluate(v, c);
    const off = this.mesh.off[v]!;
    const value = this.value;
    const doubt = off === 0 ? this.bound : this.bound + off * this.slope(c);
    return value > doubt ? 1 : value < -doubt ? -1 : 0;
  }

  /** Both sign bits of a word at a vertex, for cuts that are open there settled as far as floats tell. */
  tryWord(v: number, word: number): void {
    if (v < this.given && this.isSigned[v] === 0) this.signGiven(v);
    const at = v * this.words + word;
    for (let open = this.positive[at]! & this.negative[at]!; open !== 0; open &= open - 1) {
      const bit = open & -open;
      const c = word * 32 + (31 - Math.clz32(bit));
      this.evaluate(v, c);
      const doubt = this.bound + this.steepest * this.reach * this.mesh.off[v]!;
      if (this.value > doubt) this.negative[at]! &= ~bit;
      else if (this.value < -doubt) this.positive[at]! &= ~bit;
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

  /** Places a new vertex exactly on the segment between the vertices that it is placed by. */
  refine(v: number): void {
    if (this.refined.has(v)) return;
    this.refined.add(v);
    const { base, part, place, off } = this.mesh;
    const [a, b] = [base[2 * v]!, base[2 * v + 1]!];
    const exact = this.settler.part(v);
    const [ds, dt] = [place[2 * b]! - place[2 * a]!, place[2 * b + 1]! - place[2 * a + 1]!];
    const [s, t] = [place[2 * a]! + exact * ds, place[2 * a + 1]! + exact * dt];
    part[v] = exact;
    place[2 * v] = s;
    place[2 * v + 1] = t;
    off[v] = Math.max(off[a]!, off[b]!) + 8 * ROUNDOFF * (Math.abs(s) + Math.abs(t) + Math.abs(ds) + Math.abs(dt));
    this.known.delete(v);
  }

  /** Computes the whole row of a vertex that others will be placed by, so that placing does not nest. */
  keepRow(v: number): void {
    if (v < this.given || this.known.has(v)) return;
    this.known.set(v, this.rowAt(v));
  }

  /** The cuts of a word that are not strictly of one sign at two vertices. */
  changing(a: number, b: number, word: number): number {
    this.tryWord(a, word);
    this.tryWord(b, word);
    const { positive, negative } = this;
    const [i, j] = [a * this.words + word, b * this.words + word];
    const above = positive[i]! & ~negative[i]! & positive[j]! & ~negative[j]!;
    const below = negative[i]! & ~positive[i]! & negative[j]! & ~positive[j]!;
    const rest = this.cuts.count - word * 32;
    return ~(above | below) & (rest >= 32 ? -1 : (1 << rest) - 1);
  }

  /** One of the stage's inputs at a vertex; sets `bound` to how far it may be off. */
  inputAt(v: number, index: number): number {
    if (this.isZeroInput(v, index)) {
      this.bound = 0;
      return 0;
    }
    const known = this.row(v);
    if (known !== null) {
      this.bound = known.error;
      return known.row[index]!;
    }
    if (v < this.given) {
      this.bound = this.inputs.errors[v]!;
      return this.inputs.rows[v * this.inputs.size + index]!;
    }
    const { base, part } = this.mesh;
    const from = this.inputAt(base[2 * v]!, index);
    const error = this.bound;
    const to = this.inputAt(base[2 * v + 1]!, index);
    this.bound = Math.max(error, this.bound) + 4 * ROUNDOFF * (Math.abs(from) + Math.abs(to));
    return from + part[v]! * (to - from);
  }

  /** Whether one of the stage's inputs is known to be exactly 0 at a vertex, whatever its float says: a settled cut is that input. */
  isZeroInput(v: number, index: number): boolean {
    const c = this.cuts.cutOfInput[index]!;
    if (c < 0 || (v < this.given && this.isSigned[v] === 0)) return false;
    const at = v * this.words + (c >> 5);
    return ((this.positive[at]! | this.negative[at]!) & (1 << (c & 31))) === 0;
  }

  /** Writes the stage's inputs at a vertex; gives how far they may be off. `ends` keeps rows of new vertices that others lie between. */
  rowInto(v: number, rows: Float64Array, at: number, ends: Map<number, KnownRow>): number {
    const error = this.floatsInto(v, rows, at, ends);
    const { start, reads } = this.cuts;
    for (let w = 0; w < this.words; w++) {
      const from = v * this.words + w;
      for (let zero = ~(this.positive[from]! | this.negative[from]!) & this.inputMask[w]!; zero !== 0; zero &= zero - 1)
        rows[at + reads[start[32 * w + 31 - Math.clz32(zero & -zero)]!]!] = 0;
    }
    return error;
  }

  private floatsInto(v: number, rows: Float64Array, at: number, ends: Map<number, KnownRow>): number {
    const { size } = this.inputs;
    const known = this.row(v);
    if (known !== null) {
      this.largest = copyRow(known.row, 0, rows, at, size);
      return known.error;
    }
    if (v < this.given) {
      this.largest = copyRow(this.inputs.rows, v * size, rows, at, size);
      return this.inputs.errors[v]!;
    }
    const { base, part } = this.mesh;
    const a = this.endRow(base[2 * v]!, ends);
    const b = this.endRow(base[2 * v + 1]!, ends);
    const largest = lerpRow(a.row, b.row, part[v]!, rows, at);
    this.largest = largest * (1 + 4 * ROUNDOFF);
    return Math.max(a.error, b.error) + 8 * ROUNDOFF * largest;
  }

  /** A bound on the Euclidean length of what the stage's inputs at a vertex may be off. */
  errorLength(v: number): number {
    const root = Math.sqrt(this.inputs.size);
    const known = this.row(v);
    if (known !== null) return root * known.error;
    if (v < this.given) return this.inputs.lengths?.[v] ?? root * this.inputs.errors[v]!;
    const { base } = this.mesh;
    if (this.largestInput < 0) this.largestInput = this.inputs.rows.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const ends = Math.max(this.errorLength(base[2 * v]!), this.errorLength(base[2 * v + 1]!));
    return ends + root * 12 * ROUNDOFF * this.largestInput;
  }

  private endRow(v: number, ends: Map<number, KnownRow>): KnownRow {
    let end = ends.get(v);
    if (end === undefined) {
      end = this.rowAt(v);
      ends.set(v, end);
    }
    return end;
  }

  rowAt(v: number): KnownRow {
    const known = this.row(v);
    if (known !== null) return known;
    const { size, rows, errors } = this.inputs;
    if (v < this.given) return { row: rows.subarray(v * size, (v + 1) * size), error: errors[v]! };
    const { base, part } = this.mesh;
    return between(this.rowAt(base[2 * v]!), this.rowAt(base[2 * v + 1]!), part[v]!);
  }

  /** Says which face signs are asked about from now on. It is whole. */
  enter(face: number): void {
    this.corners = spreadCorners(this.mesh, this.mesh.faceHalf[face]!);
  }

  /** A bound on the slope of a cut on the face at hand, from its values at three corners that are far apart. */
  slope(c: number): number {
    const { place } = this.mesh;
    const [p, q, r] = this.corners;
    const [value, bound] = [this.value, this.bound];
    this.evaluate(p, c);
    const [atP, boundP] = [this.value, this.bound];
    this.evaluate(q, c);
    const [du, boundQ] = [this.value - atP, this.bound];
    this.evaluate(r, c);
    const dv = this.value - atP;
    const doubt = boundP + boundQ + this.bound;
    [this.value, this.bound] = [value, bound];
    const ux = place[2 * q]! - place[2 * p]!;
    const uy = place[2 * q + 1]! - place[2 * p + 1]!;
    const vx = place[2 * r]! - place[2 * p]!;
    const vy = place[2 * r + 1]! - place[2 * p + 1]!;
    const area = Math.abs(ux * vy - uy * vx);
    const [gs, gt] = [Math.abs(du * vy - dv * uy), Math.abs(dv * ux - du * vx)];
    return (2 * (gs + gt + 2 * doubt * (Math.abs(ux) + Math.abs(uy) + Math.abs(vx) + Math.abs(vy)))) / area;
  }
}

export interface KnownRow {
  readonly row: Float64Array;
  /** How far a value may be off. */
  readonly error: number;
}

/** Three corners of a face: one, the farthest from it, and the farthest from the line through both. */
function spreadCorners({ place, origin, next }: Mesh, first: number): readonly [number, number, number] {
  const p = origin[first]!;
  const [s, t] = [place[2 * p]!, place[2 * p + 1]!];
  let [q, r, most] = [p, p, -1];
  for (let h = next[first]!; h !== first; h = next[h]!) {
    const v = origin[h]!;
    const distance = (place[2 * v]! - s) ** 2 + (place[2 * v + 1]! - t) ** 2;
    if (distance > most) {
      q = v;
      most = distance;
    }
  }
  most = -1;
  const [ux, uy] = [place[2 * q]! - s, place[2 * q + 1]! - t];
  for (let h = next[first]!; h !== first; h = next[h]!) {
    const v = origin[h]!;
    const area = Math.abs(ux * (place[2 * v + 1]! - t) - uy * (place[2 * v]! - s));
    if (area > most) {
      r = v;
      most = area;
    }
  }
  return [p, q, r];
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
