import type { BoundarySegments } from "./decision-boundary";
import type { Mesh } from "./mesh";
import { SharedEdges } from "./shared-edges";

/** Edges of a block in the complex, from before the block's mesh is cut along the boundary. */
export class GivenEdges {
  private readonly vertices: number;
  private readonly edges: number;
  /** The block's shared edges. Most blocks do not ask for one. */
  private shared: SharedEdges | null = null;

  constructor(
    private readonly mesh: Mesh,
    /** By edge: its half-edge in the complex. */
    private readonly halfOf: Int32Array,
  ) {
    this.vertices = mesh.vertices;
    this.edges = mesh.edges;
  }

  /** Adds an edge of the mesh to the boundary. */
  addEdge(boundary: BoundarySegments, e: number): void {
    const { origin, place, shared, edgeBase } = this.mesh;
    const v = origin[2 * e]!;
    const w = origin[2 * e + 1]!;
    if (shared[e]! < 0) {
      boundary.add(place, v, w);
      return;
    }
    const a = edgeBase[2 * e]!;
    const b = edgeBase[2 * e + 1]!;
    const half = this.halfBetween(a, b);
    const isTurned = (half & 1) === 1;
    const from = this.partOf(v, a);
    const to = this.partOf(w, a);
    boundary.addAlong(half >> 1, isTurned ? 1 - from : from, isTurned ? 1 - to : to);
  }

  /** At which part of a shared edge from a vertex `a` on another one is. */
  private partOf(v: number, a: number): number {
    return v >= this.vertices ? this.mesh.part[v]! : v === a ? 0 : 1;
  }

  /** The half-edge of the complex that was the edge of the block between two vertices. */
  private halfBetween(a: number, b: number): number {
    this.shared ??= this.sharedEdges();
    return this.halfOf[this.shared.edges.at(this.shared.number(a, b))]!;
  }

  private sharedEdges(): SharedEdges {
    const { mesh, edges } = this;
    const found = new SharedEdges();
    for (let e = 0; e < edges; e++)
      if (mesh.shared[e]! >= 0) found.edges.set(found.number(mesh.edgeBase[2 * e]!, mesh.edgeBase[2 * e + 1]!), e);
    return found;
  }
}
