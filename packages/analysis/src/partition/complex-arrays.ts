import { OUTSIDE } from "./mesh";
import { reals, wholes } from "./numbers-list";

/** A planar complex in flat arrays. */
export interface ComplexArrays {
  /** (s, t) of each vertex, [vertices, 2]. */
  readonly vertices: Float64Array;
  /** The two vertices of each edge, [edges, 2]. */
  readonly edges: Int32Array;
  /** The two faces beside each edge, left and right of it; −1 is outside the window. [edges, 2]. */
  readonly edgeFaces: Int32Array;
  /** By edge: which layer made it, an index into `layers`; −1: the window's side. */
  readonly edgeLayers: Int32Array;
  /** By edge: the unit of that layer (of several, the first one); of a window's side which one. */
  readonly edgeUnits: Int32Array;
  /** Face f has the vertices faceVertices[faceStart[f] ... faceStart[f + 1] − 1], counter-clockwise, and as many edges. */
  readonly faceStart: Int32Array;
  readonly faceVertices: Int32Array;
  readonly faceEdges: Int32Array;
  /** In slice coordinates. [faces]. */
  readonly areas: Float64Array;
  /** [faces, 2]. */
  readonly centroids: Float64Array;
  /** The network on the slice at each face: f(s, t) = maps·(s, t, 1), [faces, outputs, 3]. */
  readonly maps: Float64Array;
}

/** The arrays of a complex while they grow. */
export class ComplexLists {
  readonly vertices = reals();
  readonly edges = wholes();
  readonly edgeFaces = wholes();
  readonly edgeLayers = wholes();
  readonly edgeUnits = wholes();
  readonly faceStart = wholes();
  readonly faceVertices = wholes();
  readonly faceEdges = wholes();
  readonly areas = reals();
  readonly centroids = reals();
  readonly maps = reals();
  /** By vertices, the lower one first: edges that may be added more than once. */
  private readonly sharedEdges = new Map<number, number>();

  constructor() {
    this.faceStart.push(0);
  }

  get faces(): number {
    return this.areas.length;
  }

  /** Without copying. */
  get arrays(): ComplexArrays {
    return {
      vertices: this.vertices.values,
      edges: this.edges.values,
      edgeFaces: this.edgeFaces.values,
      edgeLayers: this.edgeLayers.values,
      edgeUnits: this.edgeUnits.values,
      faceStart: this.faceStart.values,
      faceVertices: this.faceVertices.values,
      faceEdges: this.faceEdges.values,
      areas: this.areas.values,
      centroids: this.centroids.values,
      maps: this.maps.values,
    };
  }

  /** Says how many vertices, edges and so on there will be in the end: this many times as many as there are with these. */
  expect(more: ComplexArrays, times: number): void {
    for (const name of Object.keys(this.arrays) as (keyof ComplexArrays)[]) {
      const list = this[name];
      list.expect(Math.ceil(times * (list.length + more[name].length)));
    }
  }

  addVertex(s: number, t: number): number {
    const v = this.vertices.length / 2;
    this.vertices.push(s);
    this.vertices.push(t);
    return v;
  }

  /** Adds an edge without faces, but one that is shared only once. Gives the half-edge: 2 · edge, + 1 where the edge was added the other way round. */
  addEdge(from: number, to: number, layer: number, unit: number, isShared: boolean): number {
    const made = this.edgeLayers.length;
    if (isShared) {
      const known = this.sharedEdges.get(edgeKey(from, to));
      if (known !== undefined) return 2 * known + (this.edges.at(2 * known) === from ? 0 : 1);
      this.sharedEdges.set(edgeKey(from, to), made);
    }
    this.edges.push(from);
    this.edges.push(to);
    this.edgeFaces.push(OUTSIDE);
    this.edgeFaces.push(OUTSIDE);
    this.edgeLayers.push(layer);
    this.edgeUnits.push(unit);
    return 2 * made;
  }
}

/** A key of an edge by its vertices. */
export const edgeKey = (from: number, to: number): number => Math.min(from, to) * 2 ** 26 + Math.max(from, to);
