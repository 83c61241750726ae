import { ELSEWHERE, type Mesh, OUTSIDE } from "./mesh";

/** A mesh that a stage has cut, and its faces in some order. */
interface CutMesh {
  readonly mesh: Mesh;
  readonly faces: Int32Array;
}

/** Makes meshes of runs of faces of larger ones. */
export class Extractor {
  /** By vertex and by edge of the larger mesh: its number in the part at hand, and the half-edge that its half-edge 2e became; −1: none yet. */
  private placeOf = new Int32Array(0);
  private halfOf = new Int32Array(0);
  /** Of the part at hand: its vertices, and the half-edges 2e of its edges, in the larger mesh. */
  private vertices = new Int32Array(0);
  private halves = new Int32Array(0);

  /** Writes faces in a row, which have this many half-edges, into a mesh. Gives which vertices of the larger mesh its own ones are. */
  extract({ mesh, faces }: CutMesh, from: number, to: number, halves: number, part: Mesh): Int32Array {
    this.reserve(mesh.vertices, mesh.edges);
    part.reserve(halves, halves, 2 * (to - from));
    part.faces = to - from;
    part.edges = takeFaces(mesh, faces, from, to, part, this.halfOf, this.halves);
    part.vertices = takeEdges(mesh, part, this.halfOf, this.halves, this.placeOf, this.vertices);
    takeVertices(mesh, part, this.vertices, this.placeOf);
    return this.vertices.slice(0, part.vertices);
  }

  private reserve(vertices: number, edges: number): void {
    if (vertices > this.placeOf.length) {
      const room = vertices + (vertices >> 1);
      this.placeOf = new Int32Array(room).fill(-1);
      this.vertices = new Int32Array(room);
    }
    if (edges > this.halfOf.length) {
      const room = edges + (edges >> 1);
      this.halfOf = new Int32Array(room).fill(-1);
      this.halves = new Int32Array(room);
    }
  }
}

/** Numbers the edges as the faces have them, and ties their half-edges. Gives how many there are. */
function takeFaces(mesh: Mesh, faces: Int32Array, from: number, to: number, part: Mesh, halfOf: Int32Array, halves: Int32Array): number {
  const { face, next, previous, faceHalf, nextFace } = part;
  const { faceHalf: halfOfFace, next: nextOf, face: faceOf } = mesh;
  let edges = 0;
  for (let f = 0; f < to - from; f++) {
    const start = halfOfFace[faces[from + f]!]!;
    let first = -1;
    let last = -1;
    let h = start;
    do {
      const e = h >> 1;
      let half = halfOf[e]!;
      if (half >= 0) half ^= h & 1;
      else {
        half = 2 * edges;
        halfOf[e] = half ^ (h & 1);
        halves[edges++] = h;
        const other = half + 1;
        next[other] = -1;
        previous[other] = -1;
        face[other] = faceOf[h ^ 1] === OUTSIDE ? OUTSIDE : ELSEWHERE;
      }
      face[half] = f;
      if (last < 0) first = half;
      else {
        next[last] = half;
        previous[half] = last;
      }
      last = half;
      h = nextOf[h]!;
    } while (h !== start);
    next[last] = first;
    previous[first] = last;
    faceHalf[f] = first;
    nextFace[f] = -1;
  }
  return edges;
}

/** Numbers the vertices as the edges have them. Gives how many there are; `halfOf` is as it was before the part. */
function takeEdges(mesh: Mesh, part: Mesh, halfOf: Int32Array, halves: Int32Array, placeOf: Int32Array, vertices: Int32Array): number {
  const { edges, origin, edgeLine, edgeBase, shared } = part;
  const { origin: originOf, edgeLine: lineOf, shared: sharedOf } = mesh;
  let count = 0;
  for (let e = 0; e < edges; e++) {
    const h = halves[e]!;
    const a = originOf[h]!;
    const b = originOf[h ^ 1]!;
    if (placeOf[a]! < 0) {
      placeOf[a] = count;
      vertices[count++] = a;
    }
    if (placeOf[b]! < 0) {
      placeOf[b] = count;
      vertices[count++] = b;
    }
    origin[2 * e] = placeOf[a]!;
    origin[2 * e + 1] = placeOf[b]!;
    edgeBase[2 * e] = placeOf[a]!;
    edgeBase[2 * e + 1] = placeOf[b]!;
    edgeLine[e] = lineOf[h >> 1]!;
    shared[e] = sharedOf[h >> 1]!;
    halfOf[h >> 1] = -1;
  }
  return count;
}

/** Copies what is known of the vertices; `placeOf` is as it was before the part. */
function takeVertices(mesh: Mesh, part: Mesh, vertices: Int32Array, placeOf: Int32Array): void {
  const { vertices: count, place, lines, base, part: along, off, rounded } = part;
  const { place: placeAt, lines: linesAt, off: offAt, rounded: roundedAt } = mesh;
  for (let copy = 0; copy < count; copy++) {
    const v = vertices[copy]!;
    place[2 * copy] = placeAt[2 * v]!;
    place[2 * copy + 1] = placeAt[2 * v + 1]!;
    lines[2 * copy] = linesAt[2 * v]!;
    lines[2 * copy + 1] = linesAt[2 * v + 1]!;
    base[2 * copy] = -1;
    base[2 * copy + 1] = -1;
    along[copy] = 0;
    off[copy] = offAt[v]!;
    rounded[copy] = roundedAt[v]!;
    placeOf[v] = -1;
  }
}
