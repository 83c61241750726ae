import type { EdgeCutter } from "./cut-edge";
import type { PairRule } from "./cuts";
import { clearWinner, type FaceBits, type FlatPairs, flatPairs } from "./flat-pairs";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import type { VertexSigns } from "./vertex-signs";

/** What is known of a face: by unit the place of the piece in its rule, once the units in `open` from `next` on are done. */
interface FaceWinners {
  readonly places: number[];
  readonly open: readonly number[];
  next: number;
}

/** Cuts faces until one piece of every unit of several values is above all others throughout. */
export class PairCutter {
  private readonly winners = new Map<number, FaceWinners>();
  private readonly flat: FlatPairs;
  private readonly bits: FaceBits;

  constructor(
    private readonly rules: readonly PairRule[],
    private readonly mesh: Mesh,
    private readonly signs: VertexSigns,
    private readonly edges: EdgeCutter,
    private readonly settler: Settler,
  ) {
    this.flat = flatPairs(signs.cuts);
    this.bits = { positive: new Uint32Array(signs.words), negative: new Uint32Array(signs.words) };
  }

  get units(): number {
    return this.rules.length;
  }

  /** By unit, of a face that was cut. */
  winnersOf(face: number): readonly number[] {
    return this.winners.get(face)!.places;
  }

  /** Cuts a face; its new parts follow it in the list of faces, to be cut as well. `made` hears of each. */
  cut(face: number, made: (face: number) => void): void {
    const winners = this.winners.get(face) ?? this.clearWinners(face);
    this.winners.set(face, winners);
    const { places, open } = winners;
    while (winners.next < open.length) {
      const unit = open[winners.next]!;
      const rule = this.rules[unit]!;
      const found = this.winner(face, rule);
      if (typeof found === "number") {
        places[unit] = found;
        winners.next++;
        continue;
      }
      const [i, j] = found;
      const part = this.cutAlong(face, rule.pairs[Math.min(i, j)]![Math.max(i, j)]!.cut);
      this.winners.set(part, { places: places.slice(), open, next: winners.next });
      made(part);
    }
  }

  /** The units of which one piece is strictly above all others at every corner of a face are done; the bits of all signs tell. */
  private clearWinners(face: number): FaceWinners {
    const { mesh, signs, bits, flat } = this;
    const { positive, negative } = bits;
    positive.fill(0);
    negative.fill(0);
    for (const half of mesh.halvesOf(face)) {
      const v = mesh.origin[half]!;
      for (let w = 0, at = v * signs.words; w < signs.words; w++, at++) {
        const [p, n] = [signs.positive[at]!, signs.negative[at]!];
        // A cut that is 0 at a corner is strictly of no sign there.
        positive[w]! |= p | ~n;
        negative[w]! |= n | ~p;
      }
    }
    const open: number[] = [];
    const places = Array.from(this.rules, (_, k) => {
      const place = clearWinner(flat, k, bits);
      if (place < 0) open.push(k);
      return Math.max(place, 0);
    });
    return { places, open, next: 0 };
  }

  /** Cuts a face in two along a cut that separates it. */
  private cutAlong(face: number, cut: number): number {
    const { mesh } = this;
    const ends: number[] = [];
    const line = this.settler.line(cut);
    const first = mesh.faceHalf[face]!;
    let h = first;
    do {
      const [here, ahead] = [this.signs.sign(mesh.origin[h]!, cut), this.signs.sign(mesh.origin[mesh.next[h]!]!, cut)];
      if (here === 0) {
        ends.push(mesh.origin[h]!);
        this.edges.passes(mesh.origin[h]!, cut, line);
      }
      if (here * ahead < 0) {
        h = this.edges.cut(h, cut, line);
        ends.push(mesh.origin[h]!);
      }
      h = mesh.next[h]!;
    } while (h !== first);
    const [from, to] = ends as [number, number];
    this.signs.rows.keep(from);
    this.signs.rows.keep(to);
    return mesh.cutFace(mesh.halfFrom(face, from), mesh.halfFrom(face, to), line, from, to);
  }

  /** The piece that is largest on the whole polygon, the lowest of equal ones; or two pieces each of which is above the other somewhere. */
  private winner(face: number, rule: PairRule): number | readonly [number, number] {
    const count = rule.pieces.length;
    let best = 0;
    for (let j = 0; j < count; j++) {
      if (j === best || !this.isAbove(face, rule, j, best)) continue;
      if (this.isAbove(face, rule, best, j)) return [best, this.largestWhere(face, rule, j, best)];
      best = j;
      j = -1;
    }
    for (let j = 0; j < best; j++) if (!this.isAbove(face, rule, best, j)) return j;
    return best;
  }

  /** The first vertex of a face at which piece i is above piece j; −1: none. */
  private vertexAbove(face: number, rule: PairRule, i: number, j: number): number {
    const { mesh, signs } = this;
    const { cut, sign } = rule.pairs[Math.min(i, j)]![Math.max(i, j)]!;
    const wanted = i < j ? sign : -sign;
    const first = mesh.faceHalf[face]!;
    let h = first;
    do {
      if (signs.sign(mesh.origin[h]!, cut) === wanted) return mesh.origin[h]!;
      h = mesh.next[h]!;
    } while (h !== first);
    return -1;
  }

  private isAbove(face: number, rule: PairRule, i: number, j: number): boolean {
    return this.vertexAbove(face, rule, i, j) >= 0;
  }

  /** Of the pieces above `below` at a vertex where j is, the largest one, if `below` is above it elsewhere; else j. */
  private largestWhere(face: number, rule: PairRule, j: number, below: number): number {
    const at = this.vertexAbove(face, rule, j, below);
    let largest = j;
    for (let k = 0; k < rule.pieces.length; k++) {
      if (k === largest || k === below) continue;
      const { cut, sign } = rule.pairs[Math.min(k, largest)]![Math.max(k, largest)]!;
      if (this.signs.sign(at, cut) === (k < largest ? sign : -sign)) largest = k;
    }
    return this.isAbove(face, rule, below, largest) ? largest : j;
  }
}
