import { ROUNDOFF } from "@maso/core";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import type { VertexSigns } from "./vertex-signs";

/** Makes vertices where cuts cross edges. */
export class EdgeCutter {
  constructor(
    private readonly mesh: Mesh,
    private readonly signs: VertexSigns,
    private readonly settler: Settler,
    /** Vertices that may be further off than this are placed exactly. */
    private readonly mostOff: number,
  ) {}

  /** Cuts the edge of a half-edge, at whose ends a cut has opposite signs, where the cut is zero; gives the half-edge behind that vertex. */
  cut(half: number, c: number): number {
    const { mesh, signs } = this;
    const e = half >> 1;
    const [u, w] = [mesh.origin[2 * e]!, mesh.origin[2 * e + 1]!];
    const v = this.place(e, c);
    signs.inherit(v, u, w, c);
    if (!(mesh.off[v]! <= this.mostOff)) signs.refine(v);
    mesh.cutEdge(e, v);
    return (half & 1) === 0 ? mesh.next[half]! : half;
  }

  private place(e: number, c: number): number {
    const { mesh } = this;
    const { values } = this.signs;
    const [a, b] = [mesh.edgeBase[2 * e]!, mesh.edgeBase[2 * e + 1]!];
    values.evaluate(a, c);
    const [atA, boundA] = [values.value, values.bound];
    values.evaluate(b, c);
    const [atB, boundB] = [values.value, values.bound];
    const spread = Math.abs(atA - atB);
    const part = Math.min(1, Math.max(0, atA / (atA - atB))) || 0;
    const { place } = mesh;
    const [ds, dt] = [place[2 * b]! - place[2 * a]!, place[2 * b + 1]! - place[2 * a + 1]!];
    const s = place[2 * a]! + part * ds;
    const t = place[2 * a + 1]! + part * dt;
    const length = Math.sqrt(ds * ds + dt * dt);
    const moved = Math.max(mesh.off[a]!, mesh.off[b]!);
    const unsure = 2 * (boundA + boundB + (moved === 0 ? 0 : 2 * values.slope(c) * moved));
    const rounding = 8 * ROUNDOFF * (Math.abs(s) + Math.abs(t) + length);
    const off = spread > 2 * unsure ? moved + (2 * length * unsure) / spread + rounding : Infinity;
    return mesh.addVertex(s, t, mesh.edgeLine[e]!, this.settler.line(c), a, b, part, off);
  }
}
