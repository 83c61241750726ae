import { ROUNDOFF } from "@maso/core";
import { CutReader } from "./cut-reader";
import type { Cuts } from "./cuts";
import type { GivenInputs } from "./given-inputs";
import type { Mesh } from "./mesh";
import { spreadCorners } from "./spread-corners";
import type { VertexRows } from "./vertex-rows";

const TINY = 2 ** -900;
const NOTHING = new Float64Array(0);

/** The cuts of a stage where the vertices of a mesh are placed. */
export class CutsAtVertices extends CutReader {
  /** Of the cut whose slope was asked for last. */
  least = Number.NaN;
  most = Number.NaN;
  private corners: readonly [number, number, number] = [0, 0, 0];
  /** By cut; empty until one is asked for. */
  private leasts = NOTHING;
  private mosts = NOTHING;
  private stamps = new Int32Array(0);
  private stamp = 0;

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
    this.stamp++;
  }

  /** Sets `least` and `most` to bounds on the slope of a cut on the face at hand, from its values at three corners that are far apart. */
  slope(c: number): void {
    if (this.stamps.length === 0) this.reserve();
    if (this.stamps[c] !== this.stamp) this.measure(c);
    this.least = this.leasts[c]!;
    this.most = this.mosts[c]!;
  }

  private reserve(): void {
    const { count } = this.cuts;
    this.leasts = new Float64Array(count);
    this.mosts = new Float64Array(count);
    this.stamps = new Int32Array(count);
  }

  private measure(c: number): void {
    const { place, rounded } = this.mesh;
    const [p, q, r] = this.corners;
    const [value, bound] = [this.value, this.bound];
    this.evaluate(p, c);
    const [atP, boundP] = [this.value, this.bound];
    this.evaluate(q, c);
    const [du, doubtU] = [this.value - atP, boundP + this.bound];
    this.evaluate(r, c);
    const [dv, doubtV] = [this.value - atP, boundP + this.bound];
    [this.value, this.bound] = [value, bound];
    const ux = place[2 * q]! - place[2 * p]!;
    const uy = place[2 * q + 1]! - place[2 * p + 1]!;
    const vx = place[2 * r]! - place[2 * p]!;
    const vy = place[2 * r + 1]! - place[2 * p + 1]!;
    const [u, v] = [Math.abs(ux) + Math.abs(uy), Math.abs(vx) + Math.abs(vy)];
    const moved = 2 * Math.max(rounded[p]!, rounded[q]!, rounded[r]!) + 2 * ROUNDOFF * (u + v);
    const area = Math.abs(ux * vy - uy * vx);
    const areaDoubt = moved * (u + v + 2 * moved) + 8 * ROUNDOFF * u * v;
    const [x, y] = [du * vy - dv * uy, dv * ux - du * vx];
    const squares = x * x + y * y;
    // Squares of what is very small or large are not to be trusted.
    const isFair = squares > TINY && squares < Infinity;
    const low = isFair ? Math.sqrt(squares) : Math.max(Math.abs(x), Math.abs(y));
    const high = isFair ? Math.sqrt(squares) : Math.abs(x) + Math.abs(y);
    const [du1, dv1] = [Math.abs(du), Math.abs(dv)];
    const doubt = doubtU * (v + moved) + doubtV * (u + moved) + (du1 + dv1) * 2 * moved + 16 * ROUNDOFF * (du1 * v + dv1 * u);
    this.stamps[c] = this.stamp;
    this.leasts[c] = Math.max(0, low - doubt) / (area + areaDoubt);
    this.mosts[c] = area > areaDoubt ? ((high + doubt) / (area - areaDoubt)) * (1 + 8 * ROUNDOFF) : Infinity;
  }
}
