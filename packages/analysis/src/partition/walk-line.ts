import { MasoError } from "@maso/core";
import type { EdgeCutter } from "./cut-edge";
import { grown } from "./grown";
import type { Mesh } from "./mesh";
import type { VertexSigns } from "./vertex-signs";

/** Cuts a face along several lines, each walked from part to part, so that parts that a line does not cross are not looked at. */
export class LineWalker {
  /** By vertex of the rim: the half-edge of the rim that starts there. */
  private rim = new Int32Array(64);
  private face = -1;
  /** Faces from this number on are parts of the face at hand. */
  private firstPart = 0;

  constructor(
    private readonly mesh: Mesh,
    private readonly signs: VertexSigns,
    private readonly edges: EdgeCutter,
  ) {}

  /** Takes a face that is whole, with all zeros of the cuts on its rim. */
  enter(face: number): void {
    const { mesh } = this;
    if (mesh.vertices > this.rim.length) this.rim = grown(this.rim, mesh.vertices);
    const { rim } = this;
    const first = mesh.faceHalf[face]!;
    let h = first;
    do {
      rim[mesh.origin[h]!] = h;
      h = mesh.next[h]!;
    } while (h !== first);
    this.face = face;
    this.firstPart = mesh.faces;
  }

  isPart(face: number): boolean {
    return face === this.face || face >= this.firstPart;
  }

  /**
   * Cuts along the line of a cut between the two vertices of the rim where it is zero; gives the line walked earlier that it coincides
   * with, −1: none.
   */
  walk(cut: number, line: number, from: number, to: number): number {
    const { mesh, signs } = this;
    const made = mesh.vertices;
    let along = -1;
    let half = this.rim[from]!;
    let before = -1;
    let at = from;
    while (at !== to) {
      let entry = -1;
      let edge = -1;
      const start = half;
      do {
        const ahead = mesh.origin[mesh.next[half]!]!;
        const sign = signs.sign(ahead, cut);
        if (sign === 0 && ahead !== before) edge = half;
        if (sign * signs.sign(mesh.origin[mesh.previous[half]!]!, cut) < 0) {
          entry = half;
          break;
        }
        half = mesh.previous[half]! ^ 1;
      } while (half !== start && this.isPart(mesh.face[half]!));
      before = at;
      if (entry >= 0) {
        half = this.exit(entry, cut, line);
        at = mesh.origin[half]!;
        if (at < made && at !== to) this.edges.passes(at, cut, line);
        mesh.cutFace(entry, half, line, from, to);
      } else if (edge >= 0) {
        if (along < 0) along = mesh.edgeLine[edge >> 1]!;
        half = mesh.next[edge]!;
        at = mesh.origin[half]!;
      } else throw new MasoError("graph", `partition: a line ends inside face ${this.face}; this is a fault of the partition itself`);
    }
    return along;
  }

  /** Where a line that enters a face at a half-edge's origin leaves it: the half-edge that starts there. */
  private exit(entry: number, cut: number, line: number): number {
    const { mesh, signs } = this;
    let half = mesh.next[entry]!;
    let sign = signs.sign(mesh.origin[half]!, cut);
    for (;;) {
      const next = mesh.next[half]!;
      const ahead = signs.sign(mesh.origin[next]!, cut);
      if (ahead === 0) return next;
      if (ahead !== sign) return this.edges.cut(half, cut, line);
      half = next;
      sign = ahead;
    }
  }
}
