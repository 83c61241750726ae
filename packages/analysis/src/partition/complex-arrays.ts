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
  /** By name: the vertex that has it. */
  readonly named = new Map<number, number>();
  /** By vertices, the lower one first: edges that may be added more than once. */
  private readonly sharedEdges = new Map<number, number>();

  constructor() {
    this.faceStart.push(0);
  }

  /** Makes it empty, but keeps the memory for what comes next. */
  clear(): void {
    for (const name of Object.keys(this.arrays) as (keyof ComplexArrays)[]) this[name].length = 0;
    this.faceStart.push(0);
    this.named.clear();
    this.sharedEdges.clear();
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

  /** Adds vertices, of each name only one. Gives by vertex which one it is here. */
  addVertices(places: Float64Array, names: Int32Array): Int32Array {
    const vertexOf = new Int32Array(names.length);
    const first = this.vertices.extend(2 * names.length);
    const vertices = this.vertices.data;
    let made = first / 2;
    for (let v = 0; v < vertexOf.length; v++) {
      const name = names[v]!;
      const known = name < 0 ? undefined : this.named.get(name);
      if (known !== undefined) {
        vertexOf[v] = known;
        continue;
      }
      if (name >= 0) this.named.set(name, made);
      vertices[2 * made] = places[2 * v]!;
      vertices[2 * made + 1] = places[2 * v + 1]!;
      vertexOf[v] = made++;
    }
    this.vertices.length = 2 * made;
    return vertexOf;
  }

  /**
   * Adds edges without faces, from one vertex to another, but of those that are shared between the same vertices only one. Gives by edge
   * its half-edge: 2 · edge, + 1 where the edge was added the other way round.
   */
  addEdges(ends: Int32Array, layersOf: Int32Array, unitsOf: Int32Array, isShared: Uint8Array): Int32Array {
    const count = layersOf.length;
    const halfOf = new Int32Array(count);
    let made = this.edgeLayers.extend(count);
    this.edgeUnits.extend(count);
    this.edges.extend(2 * count);
    this.edgeFaces.extend(2 * count);
    const edges = this.edges.data;
    const layers = this.edgeLayers.data;
    const units = this.edgeUnits.data;
    for (let e = 0; e < count; e++) {
      const from = ends[2 * e]!;
      const to = ends[2 * e + 1]!;
      if (isShared[e] === 1) {
        const key = edgeKey(from, to);
        const known = this.sharedEdges.get(key);
        if (known !== undefined) {
          halfOf[e] = 2 * known + (edges[2 * known] === from ? 0 : 1);
          continue;
        }
        this.sharedEdges.set(key, made);
      }
      edges[2 * made] = from;
      edges[2 * made + 1] = to;
      layers[made] = layersOf[e]!;
      units[made] = unitsOf[e]!;
      halfOf[e] = 2 * made++;
    }
    this.edgeFaces.data.fill(OUTSIDE, this.edgeFaces.length - 2 * count, 2 * made);
    this.edges.length = 2 * made;
    this.edgeFaces.length = 2 * made;
    this.edgeLayers.length = made;
    this.edgeUnits.length = made;
    return halfOf;
  }
}

/** A key of an edge by its vertices. */
export const edgeKey = (from: number, to: number): number => Math.min(from, to) * 2 ** 26 + Math.max(from, to);
