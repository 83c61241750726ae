import { ROUNDOFF } from "@maso/core";
import type { Cuts, PairRule } from "./cuts";
import type { Mesh } from "./mesh";

/** The values of a stage's joined inputs at the given vertices of a mesh: the first ones, before any is cut. */
export interface GivenInputs {
  readonly size: number;
  /** [given vertices, size]. */
  readonly rows: Float64Array;
  /** How far a value of each row may be off from the true one where the vertex is placed. */
  readonly errors: Float64Array;
}

/** What only exact arithmetic decides. */
export interface Settler {
  /** The sign of a cut at a vertex of a face; −1: of any face. */
  sign(v: number, cut: number, face: number): -1 | 0 | 1;
  /** The place of a vertex and the stage's joined inputs there, each within a rounding. */
  refine(v: number): { readonly place: readonly [number, number]; readonly row: Float64Array };
  /** The part of the segment it was placed on at which a vertex is, within a rounding. */
  part(v: number): number;
  /** Whether a cut is proven to be 0 all over a face: false says nothing. */
  isZeroOnFace(cut: number, face: number): boolean;
  /** A line for a cut within a face. */
  line(cut: number, face: number): number;
}

export interface CutFaces {
  readonly cycles: readonly (readonly number[])[];
  /** The face that each is part of. */
  readonly parents: Int32Array;
  /** Signs that occur on each face: bit c of row f is set where cut c is positive (negative) at some vertex. [faces, words]. */
  readonly positive: Uint32Array;
  readonly negative: Uint32Array;
  /** Of units with several values read: the place of the piece in the unit's rule, [faces, such units]. */
  readonly winners: Uint16Array;
}

/**
 * Cuts the faces of a mesh along the cuts of one stage. Signs at vertices are kept as two bits; both set means that it is open. A new
 * vertex lies between two others, so that a cut has the sign there that both agree on, and is open where they differ. Open signs are
 * computed when they are asked for: in float64 with a bound on the error, and exactly where that leaves doubt.
 */
export class MeshCutter {
  readonly words: number;
  private positive: Uint32Array;
  private negative: Uint32Array;
  private readonly given: number;
  /** Rows that replace computed values: exact ones, and those of vertices that others are placed by. */
  private readonly known = new Map<number, { readonly row: Float64Array; readonly error: number }>();
  private value = 0;
  private bound = 0;
  private reach = 0;
  /** By cut: how steep it is on the face at hand. */
  private readonly slopes = new Map<number, number>();
  private readonly pairUnits: readonly { readonly unit: number; readonly rule: PairRule }[];
  private readonly lineMask: Uint32Array;
  private readonly refined = new Set<number>();
  private face = 0;
  private corners: readonly [number, number, number] = [0, 0, 0];

  constructor(
    private readonly mesh: Mesh,
    private readonly cuts: Cuts,
    private readonly inputs: GivenInputs,
    private readonly settler: Settler,
    /** A bound on the slope of any of the stage's inputs, in slice coordinates. */
    private readonly steepest: number,
    /** Vertices that may be further off than this are placed exactly. */
    private readonly mostOff: number,
  ) {
    this.words = Math.max(1, Math.ceil(cuts.count / 32));
    this.given = mesh.vertices;
    this.positive = new Uint32Array(Math.max(1, 2 * this.given * this.words));
    this.negative = new Uint32Array(Math.max(1, 2 * this.given * this.words));
    this.pairUnits = cuts.rules.flatMap((rule, unit) => (rule.type === "pairs" ? [{ unit, rule }] : []));
    this.lineMask = new Uint32Array(this.words);
    for (const rule of cuts.rules) if (rule.type === "line") for (const { cut } of rule.cuts) this.lineMask[cut >> 5]! |= 1 << (cut & 31);
    this.signGiven();
  }

  /** Cuts every face; yields where a long job may pause. */
  *run(cycles: readonly (readonly number[])[]): Generator<null, CutFaces> {
    const made: (readonly number[])[] = [];
    const parents: number[] = [];
    const winners: number[] = [];
    for (let face = 0; face < cycles.length; face++) {
      if (face % 64 === 0) yield null;
      this.settleTies(cycles[face]!, face);
    }
    for (let face = 0; face < cycles.length; face++) {
      this.face = face;
      if (face % 64 === 0) yield null;
      for (const polygon of yield* this.cutFace(cycles[face]!)) {
        made.push(polygon.cycle);
        parents.push(face);
        for (const place of polygon.winners) winners.push(place);
      }
    }
    const words = this.words;
    const positive = new Uint32Array(made.length * words);
    const negative = new Uint32Array(made.length * words);
    made.forEach((cycle, f) => {
      for (const half of cycle) {
        const at = this.mesh.origin(half) * words;
        for (let w = 0; w < words; w++) {
          const [p, n] = [this.positive[at + w]!, this.negative[at + w]!];
          positive[f * words + w]! |= p & ~n;
          negative[f * words + w]! |= n & ~p;
        }
      }
    });
    this.face = -1;
    const expanded = made.map((cycle) => this.mesh.expanded(cycle));
    return { cycles: expanded, parents: Int32Array.from(parents), positive, negative, winners: Uint16Array.from(winners) };
  }

  /** The stage's inputs at a vertex that only a whole row gives; null where it is placed between two others. */
  knownRow(v: number): { readonly row: Float64Array; readonly error: number } | null {
    return this.known.get(v) ?? null;
  }

  /** The cuts of a word that are not strictly of one sign at two vertices. */
  changing(a: number, b: number, word: number): number {
    const [i, j] = [a * this.words + word, b * this.words + word];
    const above = this.positive[i]! & ~this.negative[i]! & this.positive[j]! & ~this.negative[j]!;
    const below = this.negative[i]! & ~this.positive[i]! & this.negative[j]! & ~this.positive[j]!;
    const rest = this.cuts.count - word * 32;
    return ~(above | below) & (rest >= 32 ? -1 : (1 << rest) - 1);
  }

  private signGiven(): void {
    const { count, fixed } = this.cuts;
    for (let v = 0; v < this.given; v++)
      for (let c = 0; c < count; c++) {
        const at = v * this.words + (c >> 5);
        const bit = 1 << (c & 31);
        if (fixed !== null && fixed[c] !== 2) {
          if (fixed[c]! > 0) this.positive[at]! |= bit;
          if (fixed[c]! < 0) this.negative[at]! |= bit;
          continue;
        }
        this.evaluate(v, c);
        const doubt = this.bound + this.steepest * this.reach * this.mesh.off[v]!;
        if (this.value >= -doubt) this.positive[at]! |= bit;
        if (this.value <= doubt) this.negative[at]! |= bit;
        if (this.value === 0 && doubt === 0) {
          this.positive[at]! &= ~bit;
          this.negative[at]! &= ~bit;
        }
      }
  }

  /** Finds the cuts that are 0 all over a face: those that are in doubt at some of its vertices, and in doubt or 0 at the others, may be. */
  private settleTies(cycle: readonly number[], face: number): void {
    const { words, positive, negative } = this;
    this.spreadCorners(cycle);
    for (let w = 0; w < words; w++) {
      let [open, signed] = [0, 0];
      for (const half of cycle) {
        const at = this.mesh.origin(half) * words + w;
        open |= positive[at]! & negative[at]!;
        signed |= positive[at]! ^ negative[at]!;
      }
      for (open &= ~signed; open !== 0; open &= open - 1) {
        const bit = open & -open;
        const c = w * 32 + 31 - Math.clz32(bit);
        if (cycle.some((half) => this.isSure(this.mesh.origin(half), c)) || !this.settler.isZeroOnFace(c, face)) continue;
        for (const half of cycle) {
          const at = this.mesh.origin(half) * words + w;
          positive[at]! &= ~bit;
          negative[at]! &= ~bit;
        }
      }
    }
  }

  /** Whether the sign of a cut at a vertex of the face at hand is beyond doubt. */
  private isSure(v: number, c: number): boolean {
    this.evaluate(v, c);
    const [value, bound] = [this.value, this.bound];
    const off = this.mesh.off[v]!;
    return Math.abs(value) > (off === 0 ? bound : bound + off * this.slope(c));
  }

  /** Sets value, bound and reach (Σ|slopes|) to those of a cut where a vertex is placed. */
  private evaluate(v: number, c: number): void {
    const whole = v < this.given ? null : (this.known.get(v) ?? null);
    if (v < this.given && this.known.size > 0 && this.known.has(v))
      this.evaluateRow(this.known.get(v)!.row, 0, this.known.get(v)!.error, c);
    else if (v < this.given) this.evaluateRow(this.inputs.rows, v * this.inputs.size, this.inputs.errors[v]!, c);
    else if (whole) this.evaluateRow(whole.row, 0, whole.error, c);
    else {
      const { base, part } = this.mesh;
      const t = part[v]!;
      this.evaluate(base[2 * v]!, c);
      const [a, boundA] = [this.value, this.bound];
      this.evaluate(base[2 * v + 1]!, c);
      const [b, boundB] = [this.value, this.bound];
      this.value = a + t * (b - a);
      this.bound = Math.max(boundA, boundB) + 4 * ROUNDOFF * (Math.abs(a) + Math.abs(b));
    }
  }

  private evaluateRow(row: Float64Array, at: number, error: number, c: number): void {
    const { start, reads, slopes, slopeSizes, offsets, offsetSizes } = this.cuts;
    let value = offsets[c]!;
    let size = offsetSizes[c]!;
    let reach = 0;
    const end = start[c + 1]!;
    for (let i = start[c]!; i < end; i++) {
      const input = row[at + reads[i]!]!;
      value += slopes[i]! * input;
      size += slopeSizes[i]! * Math.abs(input);
      reach += slopeSizes[i]!;
    }
    this.value = value;
    this.reach = reach;
    // A single unchanged value is not rounded.
    const exact = end - start[c]! === 1 && size === Math.abs(value);
    this.bound = reach * error + (exact ? 0 : (end - start[c]! + 4) * 2 * ROUNDOFF * size);
  }

  /** The sign of a cut at a vertex, settled. */
  sign(v: number, c: number): -1 | 0 | 1 {
    const at = v * this.words + (c >> 5);
    const bit = 1 << (c & 31);
    const p = this.positive[at]! & bit;
    const n = this.negative[at]! & bit;
    if (p === 0) return n === 0 ? 0 : -1;
    if (n === 0) return 1;
    this.evaluate(v, c);
    let sign: -1 | 0 | 1;
    const { off } = this.mesh;
    const [value, bound] = [this.value, this.bound];
    const doubt = off[v] === 0 ? bound : bound + off[v]! * this.slope(c);
    if (value > doubt) sign = 1;
    else if (value < -doubt) sign = -1;
    else {
      sign = this.settler.sign(v, c, this.face);
      if (v >= this.given) this.refine(v);
    }
    if (sign <= 0) this.positive[at]! &= ~bit;
    if (sign >= 0) this.negative[at]! &= ~bit;
    return sign;
  }

  private refine(v: number): void {
    if (this.refined.has(v)) return;
    this.refined.add(v);
    const { mesh } = this;
    if (v >= this.given) {
      const [a, b] = [mesh.base[2 * v]!, mesh.base[2 * v + 1]!];
      const part = this.settler.part(v);
      mesh.part[v] = part;
      const at = (axis: 0 | 1): number => mesh.place[2 * a + axis]! + part * (mesh.place[2 * b + axis]! - mesh.place[2 * a + axis]!);
      const [s, t] = [at(0), at(1)];
      mesh.place.set([s, t], 2 * v);
      const length = Math.hypot(mesh.place[2 * b]! - mesh.place[2 * a]!, mesh.place[2 * b + 1]! - mesh.place[2 * a + 1]!);
      mesh.off[v] = Math.max(mesh.off[a]!, mesh.off[b]!) + 8 * ROUNDOFF * (Math.abs(s) + Math.abs(t) + length);
      this.known.delete(v);
      return;
    }
    const { place, row } = this.settler.refine(v);
    const error = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0) * ROUNDOFF;
    this.known.set(v, { row, error });
    mesh.place.set(place, 2 * v);
    mesh.off[v] = 4 * ROUNDOFF * (Math.abs(place[0]) + Math.abs(place[1]));
  }

  /** A bound on the slope of a cut on the face at hand, from its values at three corners that are far apart. */
  private slope(c: number): number {
    const known = this.slopes.get(c);
    if (known !== undefined) return known;
    const [p, q, r] = this.corners;
    const { place } = this.mesh;
    const values = [p, q, r].map((v) => {
      this.evaluate(v, c);
      return [this.value, this.bound] as const;
    });
    const [ux, uy] = [place[2 * q]! - place[2 * p]!, place[2 * q + 1]! - place[2 * p + 1]!];
    const [vx, vy] = [place[2 * r]! - place[2 * p]!, place[2 * r + 1]! - place[2 * p + 1]!];
    const area = Math.abs(ux * vy - uy * vx);
    const [du, dv] = [values[1]![0] - values[0]![0], values[2]![0] - values[0]![0]];
    const doubt = values.reduce((total, [, bound]) => total + bound, 0);
    const [gs, gt] = [Math.abs(du * vy - dv * uy), Math.abs(dv * ux - du * vx)];
    const lengths = Math.hypot(ux, uy) + Math.hypot(vx, vy);
    const slope = (2 * (Math.hypot(gs, gt) + 2 * doubt * lengths)) / area;
    this.slopes.set(c, slope);
    return slope;
  }

  /** Three corners of a face: one, the farthest from it, and the farthest from the line through both. */
  private spreadCorners(cycle: readonly number[]): void {
    const { place } = this.mesh;
    const p = this.mesh.origin(cycle[0]!);
    let [q, r, most] = [p, p, -1];
    for (const half of cycle) {
      const v = this.mesh.origin(half);
      const distance = (place[2 * v]! - place[2 * p]!) ** 2 + (place[2 * v + 1]! - place[2 * p + 1]!) ** 2;
      if (distance > most) [q, most] = [v, distance];
    }
    most = -1;
    const [ux, uy] = [place[2 * q]! - place[2 * p]!, place[2 * q + 1]! - place[2 * p + 1]!];
    for (const half of cycle) {
      const v = this.mesh.origin(half);
      const area = Math.abs(ux * (place[2 * v + 1]! - place[2 * p + 1]!) - uy * (place[2 * v]! - place[2 * p]!));
      if (area > most) [r, most] = [v, area];
    }
    this.corners = [p, q, r];
    this.slopes.clear();
  }

  private *cutFace(face: readonly number[]): Generator<null, { readonly cycle: readonly number[]; readonly winners: readonly number[] }[]> {
    let cycle = this.mesh.expanded(face);
    this.spreadCorners(cycle);
    const chosen = this.separating(cycle);
    for (const c of chosen) cycle = this.cutBoundary(cycle, c);
    let polygons: (readonly number[])[] = [cycle];
    for (const c of chosen) {
      const line = this.settler.line(c, this.face);
      const [a, b] = this.zeros(cycle, c);
      polygons = polygons.flatMap((polygon) => this.cutPolygon(polygon, c, line, a, b) ?? [polygon]);
      if (polygons.length > 256) yield null;
    }
    if (this.pairUnits.length === 0) return polygons.map((polygon) => ({ cycle: polygon, winners: [] }));
    return polygons.flatMap((polygon) => this.cutByPairs(polygon));
  }

  /** The cuts of units of one value that have both signs on a face. */
  private separating(cycle: readonly number[]): readonly number[] {
    const chosen: number[] = [];
    const { words, positive, negative } = this;
    for (let w = 0; w < words; w++) {
      let p = 0;
      let n = 0;
      for (let i = 0; i < cycle.length; i++) {
        const at = this.mesh.origin(cycle[i]!) * words + w;
        p |= positive[at]!;
        n |= negative[at]!;
      }
      let both = p & n & this.lineMask[w]!;
      while (both !== 0) {
        const bit = 31 - Math.clz32(both & -both);
        both &= both - 1;
        const c = w * 32 + bit;
        if (this.hasBoth(cycle, c)) chosen.push(c);
      }
    }
    return chosen;
  }

  private hasBoth(cycle: readonly number[], c: number): boolean {
    let [above, below] = [false, false];
    for (const half of cycle) {
      const sign = this.sign(this.mesh.origin(half), c);
      if (sign > 0) above = true;
      else if (sign < 0) below = true;
    }
    return above && below;
  }

  /** Cuts the edges of a face where a cut changes its sign. */
  private cutBoundary(cycle: readonly number[], c: number): readonly number[] {
    let changed = false;
    for (let i = 0; i < cycle.length; i++) {
      const next = cycle[i + 1 === cycle.length ? 0 : i + 1]!;
      if (this.sign(this.mesh.origin(cycle[i]!), c) * this.sign(this.mesh.origin(next), c) >= 0) continue;
      this.cutEdge(cycle[i]! >> 1, c);
      changed = true;
    }
    return changed ? this.mesh.expanded(cycle) : cycle;
  }

  /** The two vertices of a face at which a cut that separates it is zero. */
  private zeros(cycle: readonly number[], c: number): readonly [number, number] {
    const found = cycle.map((half) => this.mesh.origin(half)).filter((v) => this.sign(v, c) === 0);
    return [found[0]!, found[1]!];
  }

  /** A new vertex where a cut crosses an edge at whose ends it has opposite signs. */
  private cutEdge(e: number, c: number): number {
    const { mesh, words } = this;
    const [u, w] = [mesh.ends[2 * e]!, mesh.ends[2 * e + 1]!];
    const [a, b] = [mesh.edgeBase[2 * e]!, mesh.edgeBase[2 * e + 1]!];
    this.evaluate(a, c);
    const [atA, boundA] = [this.value, this.bound];
    this.evaluate(b, c);
    const [atB, boundB] = [this.value, this.bound];
    const spread = Math.abs(atA - atB);
    const part = Math.min(1, Math.max(0, atA / (atA - atB))) || 0;
    const { place } = mesh;
    const s = place[2 * a]! + part * (place[2 * b]! - place[2 * a]!);
    const t = place[2 * a + 1]! + part * (place[2 * b + 1]! - place[2 * a + 1]!);
    const length = Math.hypot(place[2 * b]! - place[2 * a]!, place[2 * b + 1]! - place[2 * a + 1]!);
    const moved = Math.max(mesh.off[a]!, mesh.off[b]!);
    const unsure = 2 * (boundA + boundB + 2 * this.slope(c) * moved);
    const off =
      spread > 2 * unsure ? moved + (2 * length * unsure) / spread + 8 * ROUNDOFF * (Math.abs(s) + Math.abs(t) + length) : Infinity;
    const v = mesh.addVertex(s, t, mesh.edgeLine[e]!, this.settler.line(c, this.face), a, b, part, off);
    if ((v + 1) * words > this.positive.length) {
      this.positive = doubled(this.positive);
      this.negative = doubled(this.negative);
    }
    for (let i = 0; i < words; i++) {
      this.positive[v * words + i] = this.positive[u * words + i]! | this.positive[w * words + i]!;
      this.negative[v * words + i] = this.negative[u * words + i]! | this.negative[w * words + i]!;
    }
    this.positive[v * words + (c >> 5)]! &= ~(1 << (c & 31));
    this.negative[v * words + (c >> 5)]! &= ~(1 << (c & 31));
    if (!(off <= this.mostOff)) this.refine(v);
    mesh.cutEdge(e, v);
    return v;
  }

  /** The parts of a polygon above and below a cut; null where it does not separate it. */
  private cutPolygon(
    polygon: readonly number[],
    c: number,
    line: number,
    a: number,
    b: number,
  ): [readonly number[], readonly number[]] | null {
    const whole = this.mesh.expanded(polygon);
    if (!this.hasBoth(whole, c)) return null;
    const cycle = this.cutBoundary(whole, c);
    const signs = cycle.map((half) => this.sign(this.mesh.origin(half), c));
    const count = cycle.length;
    const rises = signs.findIndex((sign, i) => sign === 0 && signs[(i + 1) % count]! > 0);
    const turned = [...cycle.slice(rises), ...cycle.slice(0, rises)];
    const falls = [...signs.slice(rises), ...signs.slice(0, rises)].findIndex((sign, i) => i > 0 && sign === 0);
    const [from, to] = [this.mesh.origin(turned[0]!), this.mesh.origin(turned[falls]!)];
    const chord = this.mesh.addEdge(from, to, line, a < 0 ? from : a, a < 0 ? to : b);
    if (a < 0) [from, to].forEach((v) => this.keepRow(v));
    return [
      [...turned.slice(0, falls), 2 * chord + 1],
      [...turned.slice(falls), 2 * chord],
    ];
  }

  /** Computes the whole row of a vertex that others will be placed by, so that placing does not nest. */
  private keepRow(v: number): void {
    if (v < this.given || this.known.has(v)) return;
    const { row, error } = this.rowAt(v);
    this.known.set(v, { row, error });
  }

  private rowAt(v: number): { readonly row: Float64Array; readonly error: number } {
    const known = this.known.get(v);
    if (known) return known;
    const { size, rows, errors } = this.inputs;
    if (v < this.given) return { row: rows.subarray(v * size, (v + 1) * size), error: errors[v]! };
    const { base, part } = this.mesh;
    const [a, b] = [this.rowAt(base[2 * v]!), this.rowAt(base[2 * v + 1]!)];
    return between(a, b, part[v]!);
  }

  /** Cuts a polygon until one piece of every unit of several values is above all others throughout. */
  private cutByPairs(polygon: readonly number[]): { readonly cycle: readonly number[]; readonly winners: readonly number[] }[] {
    let parts: { cycle: readonly number[]; winners: number[] }[] = [{ cycle: polygon, winners: [] }];
    for (const { rule } of this.pairUnits) {
      const next: typeof parts = [];
      for (const { cycle, winners } of parts) {
        const cut = this.cutByUnit(cycle, rule);
        const copies = cut.map((_, i) => (i === 0 ? winners : [...winners]));
        cut.forEach((part, i) => {
          copies[i]!.push(part.winner);
          next.push({ cycle: part.cycle, winners: copies[i]! });
        });
      }
      parts = next;
    }
    return parts;
  }

  private cutByUnit(polygon: readonly number[], rule: PairRule): { readonly cycle: readonly number[]; readonly winner: number }[] {
    const cycle = this.mesh.expanded(polygon);
    const result = this.winner(cycle, rule);
    if (typeof result === "number") return [{ cycle, winner: result }];
    const [i, j] = result;
    const { cut } = rule.pairs[Math.min(i, j)]![Math.max(i, j)]!;
    const [above, below] = this.cutPolygon(cycle, cut, this.settler.line(cut, this.face), -1, -1)!;
    return [...this.cutByUnit(above, rule), ...this.cutByUnit(below, rule)];
  }

  /** The piece that is largest on the whole polygon, the lowest of equal ones; or two pieces each of which is above the other somewhere. */
  private winner(cycle: readonly number[], rule: PairRule): number | readonly [number, number] {
    const count = rule.pieces.length;
    let best = 0;
    for (let j = 0; j < count; j++) {
      if (j === best || !this.isAbove(cycle, rule, j, best)) continue;
      if (this.isAbove(cycle, rule, best, j)) return [best, this.largestWhere(cycle, rule, j, best)];
      best = j;
      j = -1;
    }
    for (let j = 0; j < best; j++) if (!this.isAbove(cycle, rule, best, j)) return j;
    return best;
  }

  /** Whether piece i is above piece j at some vertex. */
  private isAbove(cycle: readonly number[], rule: PairRule, i: number, j: number): boolean {
    for (const half of cycle) if (this.compare(this.mesh.origin(half), rule, i, j) > 0) return true;
    return false;
  }

  private compare(v: number, rule: PairRule, i: number, j: number): number {
    const { cut, sign } = rule.pairs[Math.min(i, j)]![Math.max(i, j)]!;
    return (i < j ? sign : -sign) * this.sign(v, cut);
  }

  /** Of the pieces above `below` at a vertex where j is, the largest one, if `below` is above it elsewhere; else j. */
  private largestWhere(cycle: readonly number[], rule: PairRule, j: number, below: number): number {
    const at = cycle.map((half) => this.mesh.origin(half)).find((v) => this.compare(v, rule, j, below) > 0)!;
    let largest = j;
    for (let k = 0; k < rule.pieces.length; k++) if (k !== largest && k !== below && this.compare(at, rule, k, largest) > 0) largest = k;
    return this.isAbove(cycle, rule, below, largest) ? largest : j;
  }
}

/** The row between two others. */
export function between(
  a: { readonly row: Float64Array; readonly error: number },
  b: { readonly row: Float64Array; readonly error: number },
  part: number,
): { readonly row: Float64Array; readonly error: number } {
  let largest = 0;
  const row = a.row.map((value, i) => {
    largest = Math.max(largest, Math.abs(value), Math.abs(b.row[i]!));
    return value + part * (b.row[i]! - value);
  });
  return { row, error: Math.max(a.error, b.error) + 8 * ROUNDOFF * largest };
}

function doubled(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(2 * array.length);
  larger.set(array);
  return larger;
}
