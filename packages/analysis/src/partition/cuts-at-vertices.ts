import { ROUNDOFF } from "@maso/core";
import { CutReader } from "./cut-reader";
import type { Cuts } from "./cuts";
import type { GivenInputs } from "./given-inputs";
import type { Mesh } from "./mesh";
import { spreadCorners } from "./spread-corners";
import type { VertexRows } from "./vertex-rows";

/** The cuts of a stage where the vertices of a mesh are placed. */
export class CutsAtVertices extends CutReader {
  private corners: readonly [number, number, number] = [0, 0, 0];

  constructor(
    cuts: Cuts,
    inputs: GivenInputs,
    private readonly mesh: Mesh,
    private readonly given: number,
    private readonly rows: VertexRows,
  ) {
    super(cuts, inputs);
  }

  /** Sets value and bound to those of a cut at a vertex. */
  evaluate(v: number, c: number): void {
    if (v < this.given) {
      this.read(v, c);
      return;
    }
    const kept = this.rows.kept(v);
    if (kept !== null) {
      this.readRow(kept.row, 0, kept.error, c);
      return;
    }
    const { base, part } = this.mesh;
    this.evaluate(base[2 * v]!, c);
    const a = this.value;
    const boundA = this.bound;
    this.evaluate(base[2 * v + 1]!, c);
    const b = this.value;
    this.value = a + part[v]! * (b - a);
    this.bound = Math.max(boundA, this.bound) + 4 * ROUNDOFF * (Math.abs(a) + Math.abs(b));
  }

  /** Says which face slopes are asked about from now on. It is whole. */
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
