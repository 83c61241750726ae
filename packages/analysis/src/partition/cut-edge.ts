import { ROUNDOFF } from "@maso/core";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import type { VertexSigns } from "./vertex-signs";

/** Rounding of the few operations that a bound is made by. */
const UP = 1 + 16 * ROUNDOFF;

/**
 * Makes vertices where cuts cross edges. A vertex is placed on the segment between two others, where floats say that the cut is zero. How
 * far that is from where both lines meet follows from how far it may be from each of them, so that it does not grow from vertex to vertex:
 * from the edge's line no farther than the ends of the segment are, and from the cut's as its value there tells.
 */
export class EdgeCutter {
  /** How far the vertex placed last may be from the cut's line. */
  private beside = 0;

  constructor(
    private readonly mesh: Mesh,
    private readonly signs: VertexSigns,
    private readonly settler: Settler,
    /** Vertices that may be further off than this are placed exactly. */
    private readonly mostOff: number,
  ) {}

  /** Cuts the edge of a half-edge, at whose ends a cut has opposite signs, where the cut is zero; gives the half-edge behind that vertex. */
  cut(half: number, c: number, line: number): number {
    const { mesh, signs } = this;
    const e = half >> 1;
    const u = mesh.origin[2 * e]!;
    const w = mesh.origin[2 * e + 1]!;
    const v = this.place(e, c, line);
    signs.inherit(v, u, w, c);
    if (!(mesh.off[v]! <= this.mostOff)) {
      signs.refine(v);
      this.beside = mesh.off[v]!;
    }
    this.settler.raiseOff(line, this.beside);
    mesh.cutEdge(e, v);
    return (half & 1) === 0 ? mesh.next[half]! : half;
  }

  /** Notes that the line of a cut goes through a vertex that was there before. */
  passes(v: number, c: number, line: number): void {
    const off = this.mesh.off[v]!;
    if (off <= this.settler.offOf(line)) return;
    const { values } = this.signs;
    values.evaluate(v, c);
    values.slope(c);
    this.settler.raiseOff(line, Math.min(off, ((Math.abs(values.value) + values.bound) / values.least) * UP));
  }

  private place(e: number, c: number, line: number): number {
    const { mesh } = this;
    const { values } = this.signs;
    const [a, b] = [mesh.edgeBase[2 * e]!, mesh.edgeBase[2 * e + 1]!];
    values.evaluate(a, c);
    const [atA, boundA] = [values.value, values.bound];
    values.evaluate(b, c);
    const [atB, boundB] = [values.value, values.bound];
    const part = Math.min(1, Math.max(0, atA / (atA - atB))) || 0;
    const { place, rounded } = mesh;
    const [ds, dt] = [place[2 * b]! - place[2 * a]!, place[2 * b + 1]! - place[2 * a + 1]!];
    const s = place[2 * a]! + part * ds;
    const t = place[2 * a + 1]! + part * dt;
    const length = Math.sqrt(ds * ds + dt * dt);
    const rounding = Math.max(rounded[a]!, rounded[b]!) + 8 * ROUNDOFF * (Math.abs(s) + Math.abs(t) + length);
    // The segment may be this far from the edge's line, along which the cut is as steep as between the feet of a and b.
    const beside = this.settler.offOf(mesh.edgeLine[e]!);
    values.slope(c);
    const { least, most } = values;
    const rise = Math.abs(atA - atB) - boundA - boundB - (beside === 0 ? 0 : 2 * most * beside);
    const steepness = rise / ((length + 2 * rounding) * UP);
    const residual = Math.abs(atA + part * (atB - atA)) + Math.max(boundA, boundB) + 8 * ROUNDOFF * (Math.abs(atA) + Math.abs(atB));
    const along = (residual + (beside === 0 ? 0 : most * beside)) / steepness;
    const off = steepness > 0 ? (beside + along) * UP : Infinity;
    this.beside = Math.min(off, (residual / Math.max(least, steepness)) * UP);
    return mesh.addVertex(s, t, mesh.edgeLine[e]!, line, a, b, part, off, rounding);
  }
}
