import type { RowKernels } from "@maso/core/compute";
import { LineCutter } from "./cut-by-lines";
import { PairCutter } from "./cut-by-pairs";
import { EdgeCutter } from "./cut-edge";
import { cutInKernel } from "./cut-in-kernel";
import type { Cuts } from "./cuts";
import { FaceSigns } from "./face-signs";
import type { BoundedRows } from "./given-inputs";
import { grown } from "./grown";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import { type SignBits, VertexSigns } from "./vertex-signs";

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
  /** Arrays that may be used. */
  readonly unused?: SignBits | undefined;
}

/** Cuts the faces of a mesh along the cuts of one stage. */
export class MeshCutter {
  readonly signs: VertexSigns;
  private readonly mesh: Mesh;
  private readonly settler: Settler;
  private readonly lines: LineCutter;
  private readonly pairs: PairCutter | null;
  private readonly faceSigns: FaceSigns;
  /** The cuts of units of one value. */
  private readonly lineMask: Uint32Array;
  /** The vertices of the face at hand, and how many they are. */
  private corners = new Int32Array(64);
  private cornerCount = 0;
  private anyTie = false;
  private entered = -1;

  constructor(private readonly toCut: MeshToCut) {
    const { mesh, cuts, inputs, settler, steepest, mostOff, kernels, unused } = toCut;
    this.mesh = mesh;
    this.settler = settler;
    this.signs = new VertexSigns(mesh, cuts, inputs, settler, steepest, kernels, unused);
    const edges = new EdgeCutter(mesh, this.signs, settler, mostOff);
    const rules = cuts.rules.filter((rule) => rule.type === "pairs");
    this.pairs = rules.length === 0 ? null : new PairCutter(rules, mesh, this.signs, edges, settler);
    this.faceSigns = new FaceSigns(this.signs.words);
    this.lines = new LineCutter(mesh, this.signs, edges, settler, this.faceSigns);
    this.lineMask = new Uint32Array(this.signs.words);
    for (const rule of cuts.rules) if (rule.type === "line") for (const { cut } of rule.cuts) this.lineMask[cut >> 5]! |= 1 << (cut & 31);
  }

  /** Cuts the faces (all that the mesh has unless some are named); yields where a long job may pause. */
  *run(faces: ArrayLike<number> = firstNumbers(this.mesh.faces)): Generator<null, CutFaces> {
    const { mesh, lines, pairs } = this;
    yield* this.settleTies(faces);
    if (faces.length === mesh.faces) {
      const cut = yield* cutInKernel(this.toCut, this.signs);
      if (cut !== null) return cut;
      this.entered = -1;
    }
    for (let i = 0; i < faces.length; i++) {
      if (i % 16 === 0) yield null;
      const face = faces[i]!;
      this.separate(face);
      if (lines.count > 0) {
        this.enter(face);
        lines.enter(face);
        while (!lines.goOn()) yield null;
      }
      if (pairs) {
        this.enter(face);
        for (let part = face; part >= 0; part = mesh.nextFace[part]!) {
          pairs.cut(part, (made) => {
            this.faceSigns.reserve(mesh.faces);
            this.faceSigns.copy(part, made);
          });
        }
      }
    }
    return this.collect(faces);
  }

  /** Finds the cuts that are 0 all over a face: those that are in doubt at all of its corners may be. */
  private *settleTies(faces: ArrayLike<number>): Generator<null> {
    const { mesh, signs } = this;
    for (let i = 0; i < faces.length; i++) {
      if (i % 64 === 0) yield null;
      const first = mesh.faceHalf[faces[i]!]!;
      let h = first;
      do {
        signs.signGiven(mesh.origin[h]!);
        h = mesh.next[h]!;
      } while (h !== first);
    }
    if (signs.areAllSure) return;
    for (let i = 0; i < faces.length; i++) {
      if (i % 64 === 0) yield null;
      this.readCorners(faces[i]!);
      for (let w = 0; w < signs.words; w++)
        for (let open = this.openAtAll(w); open !== 0; open &= open - 1) this.settleTie(faces[i]!, w * 32 + 31 - Math.clz32(open & -open));
    }
  }

  /** The cuts of a word that are open, or settled to be 0, at all corners at hand, and open at one of them. */
  private openAtAll(word: number): number {
    const { words, positive, negative } = this.signs;
    let open = 0;
    let signed = 0;
    for (let i = 0; i < this.cornerCount; i++) {
      const at = this.corners[i]! * words + word;
      open |= positive[at]! & negative[at]!;
      signed |= positive[at]! ^ negative[at]!;
    }
    return open & ~signed;
  }

  /** Settles that a cut is 0 all over a face, if it is. */
  private settleTie(face: number, cut: number): void {
    const { signs, corners, cornerCount } = this;
    this.enter(face);
    for (let i = 0; i < cornerCount; i++) if (!signs.isInDoubt(corners[i]!, cut)) return;
    if (this.settler.isZero(cut)) for (let i = 0; i < cornerCount; i++) signs.setSign(corners[i]!, cut, 0);
  }

  /** Reads the corners of a face that the mesh was given: new ones lie between those. */
  private readCorners(face: number): void {
    const { mesh } = this;
    const { given } = this.signs;
    const first = mesh.faceHalf[face]!;
    let count = 0;
    let h = first;
    do {
      const v = mesh.origin[h]!;
      if (v < given) {
        if (count === this.corners.length) this.corners = grown(this.corners);
        this.corners[count++] = v;
      }
      h = mesh.next[h]!;
    } while (h !== first);
    this.cornerCount = count;
  }

  /** Finds the cuts of units of one value that have both signs on a face, and the signs of all others. */
  private separate(face: number): void {
    const { signs, faceSigns, lineMask } = this;
    const { words, positive, negative } = signs;
    this.lines.count = 0;
    faceSigns.reserve(this.mesh.faces);
    this.readCorners(face);
    const { corners, cornerCount } = this;
    for (let w = 0, at = face * words; w < words; w++, at++) {
      const mask = lineMask[w]! | 0;
      if (mask === 0) continue;
      let p = 0;
      let n = 0;
      for (let i = 0; i < cornerCount; i++) {
        p |= positive[corners[i]! * words + w]!;
        n |= negative[corners[i]! * words + w]!;
      }
      const both = p & n & mask;
      faceSigns.positive[at] = p & mask & ~both;
      faceSigns.negative[at] = n & mask & ~both;
      if ((p | n | ~mask) !== -1) this.anyTie = true;
      for (let rest = both; rest !== 0; rest &= rest - 1) this.settleOn(face, w * 32 + 31 - Math.clz32(rest & -rest));
    }
  }

  /** Settles a cut at the corners of a face. */
  private settleOn(face: number, cut: number): void {
    const { signs, corners, cornerCount, lines } = this;
    let above = false;
    let below = false;
    this.enter(face);
    for (let i = 0; i < cornerCount; i++) {
      const sign = signs.sign(corners[i]!, cut);
      if (sign > 0) above = true;
      else if (sign < 0) below = true;
    }
    if (above && below) lines.chosen[lines.count++] = cut;
    else {
      if (!above && !below) this.anyTie = true;
      this.faceSigns.set(face, cut, above ? 1 : below ? -1 : 0);
    }
  }

  /** Says which face signs are asked about from now on. */
  enter(face: number): void {
    if (this.entered === face) return;
    this.entered = face;
    this.settler.enter(face);
    this.signs.values.enter(face);
  }

  private collect(given: ArrayLike<number>): CutFaces {
    const { mesh, faceSigns } = this;
    const { words } = faceSigns;
    const all = new Int32Array(mesh.faces);
    const parentOf = new Int32Array(mesh.faces);
    let count = 0;
    for (let i = 0; i < given.length; i++)
      for (let part = given[i]!; part >= 0; part = mesh.nextFace[part]!) {
        all[count] = part;
        parentOf[count++] = given[i]!;
      }
    const faces = all.subarray(0, count);
    const gathered = (bits: Uint32Array): Uint32Array => {
      const result = new Uint32Array(faces.length * words);
      for (let f = 0; f < faces.length; f++) for (let w = 0; w < words; w++) result[f * words + w] = bits[faces[f]! * words + w]!;
      return result;
    };
    return {
      faces,
      parents: parentOf.subarray(0, count),
      positive: gathered(faceSigns.positive),
      negative: this.anyTie ? gathered(faceSigns.negative) : null,
      winners: this.pairs ? Uint16Array.from(Array.from(faces).flatMap((face) => this.pairs!.winnersOf(face))) : new Uint16Array(0),
    };
  }
}

function firstNumbers(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}
