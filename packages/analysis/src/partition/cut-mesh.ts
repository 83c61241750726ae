import type { RowKernels } from "@maso/core/compute";
import { PairCutter } from "./cut-by-pairs";
import { EdgeCutter } from "./cut-edge";
import type { Cuts } from "./cuts";
import { FaceSigns } from "./face-signs";
import type { BoundedRows } from "./given-inputs";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import { VertexSigns } from "./vertex-signs";
import { LineWalker } from "./walk-line";

export interface CutFaces {
  /** The parts of each face of the mesh, face after face. */
  readonly faces: Int32Array;
  /** The face that each is part of. */
  readonly parents: Int32Array;
  /**
   * Signs of the cuts of units of one value on each face: bit c of row f is set where cut c is positive (negative) inside. [faces, words].
   * `negative` is null where no cut is zero all over a face: then it is what `positive` is not.
   */
  readonly positive: Uint32Array;
  readonly negative: Uint32Array | null;
  /** Of units with several values read: the place of the piece in the unit's rule, [faces, such units]. */
  readonly winners: Uint16Array;
}

export interface MeshToCut {
  readonly mesh: Mesh;
  readonly cuts: Cuts;
  readonly inputs: BoundedRows;
  readonly settler: Settler;
  /** A bound on the slope of any of the stage's inputs, in slice coordinates. */
  readonly steepest: number;
  /** Vertices that may be further off than this are placed exactly. */
  readonly mostOff: number;
  readonly kernels: RowKernels;
}

/** Cuts the faces of a mesh along the cuts of one stage. */
export class MeshCutter {
  readonly signs: VertexSigns;
  private readonly mesh: Mesh;
  private readonly inputs: BoundedRows;
  private readonly settler: Settler;
  private readonly kernels: RowKernels;
  private readonly mostOff: number;
  private readonly edges: EdgeCutter;
  private readonly walker: LineWalker;
  private readonly pairs: PairCutter | null;
  private readonly faceSigns: FaceSigns;
  /** The cuts of units of one value. */
  private readonly lineMask: Uint32Array;
  /** Of the face at hand: the cuts that separate it, the lines they lie on, and for each the two vertices of the rim where it is zero. */
  private readonly chosen: number[] = [];
  private readonly zeros: number[] = [];
  private firstLine = 0;
  private readonly zeroAlong: number[][] = [];
  private anyTie = false;
  private entered = -1;

  constructor({ mesh, cuts, inputs, settler, steepest, mostOff, kernels }: MeshToCut) {
    this.mesh = mesh;
    this.inputs = inputs;
    this.settler = settler;
    this.kernels = kernels;
    this.mostOff = mostOff;
    this.signs = new VertexSigns(mesh, cuts, inputs, settler, steepest, kernels);
    this.edges = new EdgeCutter(mesh, this.signs, settler, mostOff);
    this.walker = new LineWalker(mesh, this.signs, this.edges);
    const rules = cuts.rules.filter((rule) => rule.type === "pairs");
    this.pairs = rules.length === 0 ? null : new PairCutter(rules, mesh, this.signs, this.edges, settler);
    this.faceSigns = new FaceSigns(this.signs.words, mesh.faces);
    this.lineMask = new Uint32Array(this.signs.words);
    for (const rule of cuts.rules) if (rule.type === "line") for (const { cut } of rule.cuts) this.lineMask[cut >> 5]! |= 1 << (cut & 31);
  }

  /** Cuts the faces (all that the mesh has unless some are named); yields where a long job may pause. */
  *run(faces: Iterable<number> & { readonly length: number } = allOf(this.mesh.faces)): Generator<null, CutFaces> {
    const { mesh } = this;
    yield* this.settleTies(faces);
    const cut = faces.length === mesh.faces ? yield* this.cutInKernel() : null;
    if (cut !== null) return cut;
    let next = 0;
    for (const face of faces) {
      if (next++ % 16 === 0) yield null;
      this.separate(face);
      if (this.chosen.length > 0) yield* this.cutLines(face);
      if (this.pairs) {
        this.enter(face);
        for (let part = face; part >= 0; part = mesh.nextFace[part]!) {
          this.pairs.cut(part, (made) => {
            this.faceSigns.reserve(mesh.faces);
            this.faceSigns.copy(part, made);
          });
        }
      }
    }
    return this.collect(faces);
  }

  /** Where every cut is one input, the kernels may do it all, unless lines fall together. */
  private *cutInKernel(): Generator<null, CutFaces | null> {
    const { mesh, inputs, signs, settler, kernels, mostOff } = this;
    if (!signs.isIdentity || this.pairs !== null || kernels.cutFaces === undefined) return null;
    const before = settler.begin();
    const firstLine = settler.nextLine;
    const parts = yield* kernels.cutFaces(mesh, {
      rows: inputs.rows,
      errors: inputs.errors,
      count: inputs.size,
      positive: signs.positive,
      negative: signs.negative,
      firstLine,
      offOf: (line) => settler.offOf(line),
      addLine: (cut, face) => settler.addLine(cut, face),
      settle: (v, lineA, lineB, cut, face) => {
        settler.enter(face);
        signs.noteSettled(v, cut);
        return settler.signAt(v, lineA, lineB, cut);
      },
      mostOff,
    });
    if (parts === null) {
      signs.forgetSettled();
      settler.undo(before);
      return null;
    }
    signs.positive = parts.positive;
    signs.negative = parts.negative;
    for (let i = 0; i < parts.lineOffs.length; i++) settler.raiseOff(firstLine + i, parts.lineOffs[i]!);
    return { faces: parts.faces, parents: parts.parents, positive: parts.signs, negative: null, winners: new Uint16Array(0) };
  }

  /** Finds the cuts that are 0 all over a face: those that are in doubt at all of its corners may be. */
  private *settleTies(faces: Iterable<number>): Generator<null> {
    const { mesh, signs } = this;
    let next = 0;
    for (const face of faces) {
      if (next++ % 64 === 0) yield null;
      for (const half of mesh.halvesOf(face)) signs.signGiven(mesh.origin[half]!);
    }
    if (signs.areAllSure) return;
    for (const face of faces) {
      if (next++ % 64 === 0) yield null;
      const corners = mesh.halvesOf(face).map((half) => mesh.origin[half]!);
      for (let w = 0; w < signs.words; w++) {
        let [open, signed] = [0, 0];
        for (const v of corners) {
          const [p, n] = [signs.positive[v * signs.words + w]!, signs.negative[v * signs.words + w]!];
          open |= p & n;
          signed |= p ^ n;
        }
        for (open &= ~signed; open !== 0; open &= open - 1) {
          const cut = w * 32 + 31 - Math.clz32(open & -open);
          this.enter(face);
          if (corners.every((v) => signs.isInDoubt(v, cut)) && this.settler.isZero(cut)) for (const v of corners) signs.setSign(v, cut, 0);
        }
      }
    }
  }

  /** Finds the cuts of units of one value that have both signs on a face, and the signs of all others. */
  private separate(face: number): void {
    const { mesh, signs, faceSigns, chosen, lineMask } = this;
    const { words } = signs;
    chosen.length = 0;
    faceSigns.reserve(mesh.faces);
    const first = mesh.faceHalf[face]!;
    const row = face * words;
    for (let w = 0; w < words; w++) {
      const mask = lineMask[w]! | 0;
      if (mask === 0) continue;
      let [p, n] = [0, 0];
      let h = first;
      do {
        const v = mesh.origin[h]!;
        // New vertices lie between the given ones.
        if (v < signs.given) {
          signs.signGiven(v);
          p |= signs.positive[v * words + w]!;
          n |= signs.negative[v * words + w]!;
        }
        h = mesh.next[h]!;
      } while (h !== first);
      const both = p & n & mask;
      faceSigns.positive[row + w] = p & mask & ~both;
      faceSigns.negative[row + w] = n & mask & ~both;
      for (let rest = both; rest !== 0; rest &= rest - 1) this.settleOn(face, w * 32 + 31 - Math.clz32(rest & -rest));
      if ((faceSigns.positive[row + w]! | faceSigns.negative[row + w]! | this.chosenIn(w)) !== mask) this.anyTie = true;
    }
  }

  private chosenIn(word: number): number {
    let bits = 0;
    for (let i = this.chosen.length - 1; i >= 0 && this.chosen[i]! >> 5 === word; i--) bits |= 1 << (this.chosen[i]! & 31);
    return bits;
  }

  /** Settles a cut at the corners of a face. */
  private settleOn(face: number, cut: number): void {
    const { mesh, signs } = this;
    const first = mesh.faceHalf[face]!;
    let [above, below] = [false, false];
    let h = first;
    this.enter(face);
    do {
      const v = mesh.origin[h]!;
      if (v < signs.given) {
        const sign = signs.sign(v, cut);
        if (sign > 0) above = true;
        else if (sign < 0) below = true;
      }
      h = mesh.next[h]!;
    } while (h !== first);
    if (above && below) this.chosen.push(cut);
    else this.faceSigns.set(face, cut, above ? 1 : below ? -1 : 0);
  }

  /** Says which face signs are asked about from now on. */
  enter(face: number): void {
    if (this.entered === face) return;
    this.entered = face;
    this.settler.enter(face);
    this.signs.values.enter(face);
  }

  private *cutLines(face: number): Generator<null> {
    const { mesh, chosen, zeros, settler, walker, faceSigns } = this;
    this.enter(face);
    zeros.length = 0;
    this.firstLine = settler.line(chosen[0]!);
    this.zeroAlong.length = 0;
    for (let i = 0; i < chosen.length; i++) {
      this.zeroAlong.push([chosen[i]!]);
      this.cutRim(face, chosen[i]!, settler.line(chosen[i]!));
      if (i % 64 === 63) yield null;
    }
    walker.enter(face);
    for (let i = 0; i < chosen.length; i++) {
      const crossing = { cut: chosen[i]!, line: this.firstLine + i, from: zeros[2 * i]!, to: zeros[2 * i + 1]! };
      let isSame = false;
      walker.walk(crossing, (line) => {
        if (!isSame) this.zeroAlong[line - this.firstLine]!.push(crossing.cut);
        isSame = true;
      });
      if (i % 16 === 15) yield null;
    }
    faceSigns.reserve(mesh.faces);
    for (const cut of chosen) faceSigns.set(face, cut, this.signOn(face, cut));
    faceSigns.spread(
      mesh,
      face,
      (other) => walker.isPart(other),
      (line) => this.zeroAlong[line - this.firstLine]!,
    );
  }

  /** Makes vertices on a face's rim where a cut that separates it is zero. */
  private cutRim(face: number, cut: number, line: number): void {
    const { mesh, signs, zeros } = this;
    const first = mesh.faceHalf[face]!;
    let h = first;
    let here = signs.sign(mesh.origin[h]!, cut);
    do {
      if (here === 0) {
        zeros.push(mesh.origin[h]!);
        this.edges.passes(mesh.origin[h]!, cut, line);
      }
      let next = mesh.next[h]!;
      const ahead = signs.sign(mesh.origin[next]!, cut);
      if (here * ahead < 0) {
        const cutAt = this.edges.cut(h, cut);
        zeros.push(mesh.origin[cutAt]!);
        next = mesh.next[cutAt]!;
      }
      h = next;
      here = ahead;
    } while (h !== first);
  }

  /** The sign of a cut inside a face that it does not cross. */
  private signOn(face: number, cut: number): number {
    const { mesh, signs } = this;
    let h = mesh.faceHalf[face]!;
    for (;;) {
      const sign = signs.sign(mesh.origin[h]!, cut);
      if (sign !== 0) return sign;
      h = mesh.next[h]!;
    }
  }

  private collect(given: Iterable<number> & { readonly length: number }): CutFaces {
    const { mesh, faceSigns } = this;
    const { words } = faceSigns;
    const faces: number[] = [];
    const parents: number[] = [];
    for (const face of given)
      for (let part = face; part >= 0; part = mesh.nextFace[part]!) {
        faces.push(part);
        parents.push(face);
      }
    const gathered = (bits: Uint32Array): Uint32Array => {
      const result = new Uint32Array(faces.length * words);
      for (let f = 0; f < faces.length; f++) for (let w = 0; w < words; w++) result[f * words + w] = bits[faces[f]! * words + w]!;
      return result;
    };
    return {
      faces: Int32Array.from(faces),
      parents: Int32Array.from(parents),
      positive: gathered(faceSigns.positive),
      negative: this.anyTie ? gathered(faceSigns.negative) : null,
      winners: this.pairs ? Uint16Array.from(faces.flatMap((face) => this.pairs!.winnersOf(face))) : new Uint16Array(0),
    };
  }
}

function allOf(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
