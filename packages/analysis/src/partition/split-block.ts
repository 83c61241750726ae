import type { Block, SharedNames } from "./block";
import type { Level } from "./level";
import { ELSEWHERE, GONE, Mesh, OUTSIDE } from "./mesh";
import type { Lines } from "./settle";

/** A mesh that a stage has cut, ready to be taken apart. */
export interface CutBlock {
  readonly mesh: Mesh;
  /** Its faces in the order of the level. */
  readonly faces: Int32Array;
  readonly level: Level;
  /** The number of vertices that the mesh was given; the others are new. */
  readonly given: number;
  /** Of the given vertices. */
  readonly names: Int32Array;
}

/** Part of a cut mesh as a mesh of its own; `vertices` says which vertices of the cut mesh its own ones are. */
export interface Part extends Omit<Block, "state"> {
  readonly vertices: Int32Array;
}

/** Seen in no run yet, and in several. */
const NONE = -1;
const SEVERAL = -2;

/** Takes a cut mesh apart into runs of at most `most` faces, in order; what several runs have gets a name. */
export function splitBlock(block: CutBlock, lines: Lines, shared: SharedNames, most: number): readonly Part[] {
  const { mesh, faces } = block;
  const runs = Math.ceil(faces.length / most);
  const edgeRun = new Int32Array(mesh.edges).fill(NONE);
  const vertexRun = new Int32Array(mesh.vertices).fill(NONE);
  const ends = Array.from({ length: runs + 1 }, (_, run) => Math.ceil((run * faces.length) / runs));
  for (let run = 0; run < runs; run++)
    for (let i = ends[run]!; i < ends[run + 1]!; i++) {
      const first = mesh.faceHalf[faces[i]!]!;
      let h = first;
      do {
        const e = h >> 1;
        const v = mesh.origin[h]!;
        edgeRun[e] = edgeRun[e] === NONE || edgeRun[e] === run ? run : SEVERAL;
        vertexRun[v] = vertexRun[v] === NONE || vertexRun[v] === run ? run : SEVERAL;
        h = mesh.next[h]!;
      } while (h !== first);
    }
  const names = nameVertices(block, vertexRun, lines, shared);
  for (let e = 0; e < mesh.edges; e++) if (edgeRun[e] === SEVERAL && mesh.shared[e]! < 0) mesh.shared[e] = shared.edge();
  const extractor = new Extractor(block, names);
  return Array.from({ length: runs }, (_, run) => extractor.extract(ends[run]!, ends[run + 1]!));
}

/** Vertices that other blocks have too: those inside an edge that a larger split shares, and those of several runs. */
function nameVertices({ mesh, given, names }: CutBlock, vertexRun: Int32Array, lines: Lines, shared: SharedNames): Int32Array {
  const named = new Int32Array(mesh.vertices).fill(-1);
  named.set(names.subarray(0, given));
  for (let e = 0; e < mesh.edges; e++) {
    if (mesh.shared[e]! < 0 || mesh.face[2 * e] === GONE) continue;
    for (const v of [mesh.origin[2 * e]!, mesh.origin[2 * e + 1]!]) {
      if (v < given || named[v]! >= 0) continue;
      const [a, b] = [names[mesh.base[2 * v]!]!, names[mesh.base[2 * v + 1]!]!];
      named[v] = shared.vertexOn(mesh.shared[e]!, lines, mesh.lines[2 * v + 1]!, a, b);
    }
  }
  for (let v = 0; v < mesh.vertices; v++) if (vertexRun[v] === SEVERAL && named[v]! < 0) named[v] = shared.vertex();
  return named;
}

class Extractor {
  private readonly placeOf: Int32Array;
  /** By edge: what its half-edge 2e became. */
  private readonly halfOf: Int32Array;

  constructor(
    private readonly block: CutBlock,
    private readonly names: Int32Array,
  ) {
    this.placeOf = new Int32Array(block.mesh.vertices).fill(-1);
    this.halfOf = new Int32Array(block.mesh.edges).fill(-1);
  }

  extract(from: number, to: number): Part {
    const { placeOf, halfOf } = this;
    const { mesh, faces, level } = this.block;
    const count = to - from;
    const part = new Mesh(2 * count + 16, 3 * count + 16, count);
    const vertices: number[] = [];
    const edges: number[] = [];
    const vertexAt = (v: number): number => {
      if (placeOf[v]! >= 0) return placeOf[v]!;
      const { place, lines, off, rounded } = mesh;
      const [s, t, lineA, lineB] = [place[2 * v]!, place[2 * v + 1]!, lines[2 * v]!, lines[2 * v + 1]!];
      vertices.push(v);
      placeOf[v] = part.addVertex(s, t, lineA, lineB, -1, -1, 0, off[v]!, rounded[v]!);
      return placeOf[v]!;
    };
    const halfAt = (h: number): number => {
      const e = h >> 1;
      if (halfOf[e]! >= 0) return halfOf[e]! ^ (h & 1);
      const [a, b] = [vertexAt(mesh.origin[h]!), vertexAt(mesh.origin[h ^ 1]!)];
      const half = 2 * part.addEdge(a, b, mesh.edgeLine[e]!, a, b, mesh.shared[e]!);
      part.face[half + 1] = mesh.face[h ^ 1] === OUTSIDE ? OUTSIDE : ELSEWHERE;
      halfOf[e] = half ^ (h & 1);
      edges.push(e);
      return half;
    };
    for (let i = from; i < to; i++) {
      const start = mesh.faceHalf[faces[i]!]!;
      const first = halfAt(start);
      const face = part.addFace(first);
      let last = first;
      part.face[first] = face;
      for (let h = mesh.next[start]!; h !== start; h = mesh.next[h]!) {
        const half = halfAt(h);
        part.face[half] = face;
        part.tie(last, half);
        last = half;
      }
      part.tie(last, first);
    }
    for (const v of vertices) placeOf[v] = -1;
    for (const e of edges) halfOf[e] = -1;
    return {
      mesh: part,
      level,
      levelFace: Int32Array.from({ length: count }, (_, i) => from + i),
      names: Int32Array.from(vertices, (v) => this.names[v]!),
      vertices: Int32Array.from(vertices),
    };
  }
}
