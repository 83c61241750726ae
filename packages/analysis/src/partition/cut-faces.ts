import { LineCutter } from "./cut-by-lines";
import { PairCutter } from "./cut-by-pairs";
import { EdgeCutter } from "./cut-edge";
import type { CutFaces, MeshToCut } from "./cut-mesh";
import { FaceCorners } from "./face-corners";
import { FaceSigns } from "./face-signs";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import type { VertexSigns } from "./vertex-signs";

/** Cuts faces of a mesh one by one, along the cuts of any stage. */
export class FaceCutter {
  private readonly mesh: Mesh;
  private readonly settler: Settler;
  private readonly lines: LineCutter;
  private readonly pairs: PairCutter | null;
  private readonly faceSigns: FaceSigns;
  /** The cuts of units of one value. */
  private readonly lineMask: Uint32Array;
  private readonly corners = new FaceCorners();
  private anyTie = false;
  private entered = -1;

  constructor(
    { mesh, cuts, settler, mostOff }: MeshToCut,
    private readonly signs: VertexSigns,
  ) {
    this.mesh = mesh;
    this.settler = settler;
    const edges = new EdgeCutter(mesh, signs, settler, mostOff);
    const rules = cuts.rules.filter((rule) => rule.type === "pairs");
    this.pairs = rules.length === 0 ? null : new PairCutter(rules, mesh, signs, edges, settler);
    this.faceSigns = new FaceSigns(signs.words);
    this.lines = new LineCutter(mesh, signs, edges, settler, this.faceSigns);
    this.lineMask = new Uint32Array(signs.words);
    for (const rule of cuts.rules) if (rule.type === "line") for (const { cut } of rule.cuts) this.lineMask[cut >> 5]! |= 1 << (cut & 31);
  }

  /** Yields where a long job may pause. */
  *run(faces: ArrayLike<number>): Generator<null, CutFaces> {
    const { mesh, lines, pairs } = this;
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

  /** Finds the cuts of units of one value that have both signs on a face, and the signs of all others. */
  private separate(face: number): void {
    const { signs, faceSigns, lineMask } = this;
    const { words, positive, negative } = signs;
    this.lines.count = 0;
    faceSigns.reserve(this.mesh.faces);
    const { corners } = this;
    corners.read(this.mesh, signs.given, face);
    const { vertices, count } = corners;
    for (let w = 0, at = face * words; w < words; w++, at++) {
      const mask = lineMask[w]! | 0;
      if (mask === 0) continue;
      let p = 0;
      let n = 0;
      for (let i = 0; i < count; i++) {
        p |= positive[vertices[i]! * words + w]!;
        n |= negative[vertices[i]! * words + w]!;
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
    const { signs, corners, lines } = this;
    let above = false;
    let below = false;
    this.enter(face);
    for (let i = 0; i < corners.count; i++) {
      const sign = signs.sign(corners.vertices[i]!, cut);
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
  private enter(face: number): void {
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
      winners: this.winnersOf(faces),
    };
  }

  private winnersOf(faces: Int32Array): Uint16Array {
    if (this.pairs === null) return new Uint16Array(0);
    const { units } = this.pairs;
    const winners = new Uint16Array(faces.length * units);
    for (let f = 0; f < faces.length; f++) winners.set(this.pairs.winnersOf(faces[f]!), f * units);
    return winners;
  }
}
