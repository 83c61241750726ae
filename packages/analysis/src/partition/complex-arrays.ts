import { OUTSIDE } from "./mesh";
import { reals, wholes } from "./numbers-list";
import { SharedEdges } from "./shared-edges";

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
  /** By name: the vertex that has it; −1: none. */
  readonly named = wholes();
  private readonly sharedEdges = new SharedEdges();

  constructor() {
    this.faceStart.push(0);
  }

  /** Makes it empty, but keeps the memory for what comes next. */
  clear(): void {
    for (const name of Object.keys(this.arrays) as (keyof ComplexArrays)[]) this[name].length = 0;
    this.faceStart.push(0);
    this.named.length = 0;
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

  /** Adds vertices, of each name only one. Writes by vertex which one it is here. */
  addVertices(places: Float64Array, names: Int32Array, vertexOf: Int32Array): void {
    const count = names.length;
    const { named, vertices } = this;
    const more = mostOf(names, count) + 1 - named.length;
    if (more > 0) {
      const start = named.extend(more);
      named.data.fill(-1, start, named.length);
    }
    const first = vertices.extend(2 * count);
    vertices.length = 2 * writeVertices(count, places, names, named.data, first / 2, vertices.data, vertexOf);
  }

  /**
   * Adds edges without faces, from one vertex to another, but of those named as shared between the same vertices only one. Writes by edge
   * its half-edge: 2 · edge, + 1 where the edge was added the other way round.
   */
  addEdges(ends: Int32Array, layersOf: Int32Array, unitsOf: Int32Array, count: number, shared: Int32Array, halfOf: Int32Array): void {
    const { edges, edgeFaces, edgeLayers, edgeUnits, sharedEdges } = this;
    const first = edgeLayers.extend(count);
    edgeUnits.extend(count);
    edges.extend(2 * count);
    edgeFaces.extend(2 * count);
    halfOf.fill(-1, 0, count);
    numberShared(shared, ends, sharedEdges, halfOf);
    const made = writeEdges(count, ends, sharedEdges.edges.data, first, edges.data, halfOf);
    writeLabels(count, halfOf, first, layersOf, unitsOf, edgeLayers.data, edgeUnits.data);
    edgeFaces.data.fill(OUTSIDE, 2 * first, 2 * made);
    edges.length = 2 * made;
    edgeFaces.length = 2 * made;
    edgeLayers.length = made;
    edgeUnits.length = made;
  }
}

function mostOf(numbers: Int32Array, count: number): number {
  let most = -1;
  for (let i = 0; i < count; i++) if (numbers[i]! > most) most = numbers[i]!;
  return most;
}

/** Writes the vertices that are new from a number on. Gives the number of the next one. */
function writeVertices(
  count: number,
  places: Float64Array,
  names: Int32Array,
  named: Int32Array,
  first: number,
  vertices: Float64Array,
  vertexOf: Int32Array,
): number {
  let made = first;
  for (let v = 0; v < count; v++) {
    const name = names[v]!;
    if (name >= 0) {
      const known = named[name]!;
      if (known >= 0) {
        vertexOf[v] = known;
        continue;
      }
      named[name] = made;
    }
    vertices[2 * made] = places[2 * v]!;
    vertices[2 * made + 1] = places[2 * v + 1]!;
    vertexOf[v] = made++;
  }
  return made;
}

/** Writes the numbers of shared edges' vertices. */
function numberShared(shared: Int32Array, ends: Int32Array, known: SharedEdges, numbers: Int32Array): void {
  for (let i = 0; i < shared.length; i++) numbers[shared[i]!] = known.number(ends[2 * shared[i]!]!, ends[2 * shared[i]! + 1]!);
}

/**
 * Writes the edges that are new from a number on, and in place of the numbers of shared edges' vertices, by which `shared` has the edges
 * that are known, half-edges. Gives the number of the next edge.
 */
function writeEdges(count: number, ends: Int32Array, shared: Int32Array, first: number, edges: Int32Array, halfOf: Int32Array): number {
  let made = first;
  for (let e = 0; e < count; e++) {
    const from = ends[2 * e]!;
    const number = halfOf[e]!;
    if (number >= 0) {
      const known = shared[number]!;
      if (known >= 0) {
        halfOf[e] = 2 * known + (edges[2 * known] === from ? 0 : 1);
        continue;
      }
      shared[number] = made;
    }
    edges[2 * made] = from;
    edges[2 * made + 1] = ends[2 * e + 1]!;
    halfOf[e] = 2 * made++;
  }
  return made;
}

/** Writes the layers and units of the edges that are new from a number on. */
function writeLabels(
  count: number,
  halfOf: Int32Array,
  first: number,
  layersOf: Int32Array,
  unitsOf: Int32Array,
  layers: Int32Array,
  units: Int32Array,
): void {
  let made = first;
  for (let e = 0; e < count; e++) {
    if (halfOf[e] !== 2 * made) continue;
    layers[made] = layersOf[e]!;
    units[made++] = unitsOf[e]!;
  }
}
