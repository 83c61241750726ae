import type { EdgeCutter } from "./cut-edge";
import type { FaceSigns } from "./face-signs";
import { grown } from "./grown";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import type { VertexSigns } from "./vertex-signs";
import { LineWalker } from "./walk-line";

/** Lines that are made or walked between two pauses. */
const STEPS = 32;

/** Cuts a face along the cuts that separate it, and tells their signs on its parts. */
export class LineCutter {
  /** The cuts that separate the face at hand, and how many they are. */
  readonly chosen: Int32Array;
  count = 0;
  private face = -1;
  /** Of the lines that were made first, and then walked: how many. */
  private steps = 0;
  private firstLine = 0;
  /** By cut: the two vertices of the face's rim where it is zero. */
  private readonly zeros: Int32Array;
  /** By line: later cuts that are zero along it too. */
  private readonly coincident = new Map<number, number[]>();
  private readonly walker: LineWalker;
  /** By face, of new ones: whether its signs are known. */
  private isSigned: Uint8Array;
  private readonly open: number[] = [];

  constructor(
    private readonly mesh: Mesh,
    private readonly signs: VertexSigns,
    private readonly edges: EdgeCutter,
    private readonly settler: Settler,
    private readonly faceSigns: FaceSigns,
  ) {
    this.chosen = new Int32Array(signs.cuts.count);
    this.zeros = new Int32Array(2 * signs.cuts.count);
    this.walker = new LineWalker(mesh, signs, edges);
    this.isSigned = new Uint8Array(4 * mesh.faces);
  }

  /** Takes a face to be cut along the cuts that are chosen. */
  enter(face: number): void {
    this.face = face;
    this.steps = 0;
    if (this.coincident.size > 0) this.coincident.clear();
  }

  /** Cuts along some lines; gives whether all is done. */
  goOn(): boolean {
    const { count } = this;
    for (const end = this.steps + STEPS; this.steps < 2 * count; this.steps++) {
      if (this.steps === end) return false;
      if (this.steps < count) this.cutRim(this.steps);
      else {
        if (this.steps === count) this.walker.enter(this.face);
        this.walk(this.steps - count);
      }
    }
    this.spread();
    return true;
  }

  /** Makes vertices on the face's rim where a cut is zero. */
  private cutRim(i: number): void {
    const { mesh, signs, zeros, edges } = this;
    const cut = this.chosen[i]!;
    const line = this.settler.line(cut);
    if (i === 0) this.firstLine = line;
    let at = 2 * i;
    const first = mesh.faceHalf[this.face]!;
    let h = first;
    let here = signs.sign(mesh.origin[h]!, cut);
    do {
      if (here === 0) {
        const v = mesh.origin[h]!;
        zeros[at++] = v;
        edges.passes(v, cut, line);
      }
      let next = mesh.next[h]!;
      const ahead = signs.sign(mesh.origin[next]!, cut);
      if (here * ahead < 0) {
        const behind = edges.cut(h, cut, line);
        zeros[at++] = mesh.origin[behind]!;
        next = mesh.next[behind]!;
      }
      h = next;
      here = ahead;
    } while (h !== first);
  }

  private walk(i: number): void {
    const cut = this.chosen[i]!;
    const along = this.walker.walk(cut, this.firstLine + i, this.zeros[2 * i]!, this.zeros[2 * i + 1]!);
    if (along < 0) return;
    const others = this.coincident.get(along);
    if (others === undefined) this.coincident.set(along, [cut]);
    else others.push(cut);
  }

  /** Spreads signs from the face to its other parts: across an edge those cuts change sign that are zero along it. */
  private spread(): void {
    const { mesh, faceSigns, walker, open, face, chosen, coincident, firstLine } = this;
    faceSigns.reserve(mesh.faces);
    if (mesh.faces > this.isSigned.length) this.isSigned = grown(this.isSigned, mesh.faces);
    const { isSigned } = this;
    for (let i = 0; i < this.count; i++) faceSigns.set(face, chosen[i]!, this.signOn(chosen[i]!));
    isSigned[face] = 1;
    open.push(face);
    while (open.length > 0) {
      const f = open.pop()!;
      const first = mesh.faceHalf[f]!;
      let h = first;
      do {
        const other = mesh.face[h ^ 1]!;
        if (walker.isPart(other) && isSigned[other] === 0) {
          const line = mesh.edgeLine[h >> 1]!;
          faceSigns.copy(f, other);
          faceSigns.flip(other, chosen[line - firstLine]!);
          if (coincident.size > 0) for (const cut of coincident.get(line) ?? []) faceSigns.flip(other, cut);
          isSigned[other] = 1;
          open.push(other);
        }
        h = mesh.next[h]!;
      } while (h !== first);
    }
  }

  /** The sign inside the face, as far as it is left, of a cut that does not cross that. */
  private signOn(cut: number): number {
    const { mesh, signs } = this;
    let h = mesh.faceHalf[this.face]!;
    for (;;) {
      const sign = signs.sign(mesh.origin[h]!, cut);
      if (sign !== 0) return sign;
      h = mesh.next[h]!;
    }
  }
}
