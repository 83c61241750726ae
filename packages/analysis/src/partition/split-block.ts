import type { Block, SharedNames } from "./block";
import type { Level } from "./level";
import { GONE, Mesh, OUTSIDE } from "./mesh";
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

/**
 * Takes a cut mesh apart into runs of at most `most` faces, in order; what several runs have gets a name. Each part is made when it is
 * asked for, of a mesh that is no longer used where there is one.
 */
export function splitBlock(block: CutBlock, lines: Lines, shared: SharedNames, most: number, unused: Mesh[]): readonly (() => Part)[] {
  const { mesh, faces } = block;
  const runs = Math.ceil(faces.length / most);
  const ends = Array.from({ length: runs + 1 }, (_, run) => Math.ceil((run * faces.length) / runs));
  const runOf = new Int32Array(mesh.faces);
  for (let run = 0; run < runs; run++) for (let i = ends[run]!; i < ends[run + 1]!; i++) runOf[faces[i]!] = run;
  const vertexRun = new Int32Array(mesh.vertices).fill(NONE);
  for (let h = 0; h < 2 * mesh.edges; h++) {
    if (mesh.face[h]! < 0) continue;
    const v = mesh.origin[h]!;
    const run = runOf[mesh.face[h]!]!;
    vertexRun[v] = vertexRun[v] === NONE || vertexRun[v] === run ? run : SEVERAL;
  }
  const names = nameVertices(block, vertexRun, lines, shared);
  for (let e = 0; e < mesh.edges; e++) {
    const left = mesh.face[2 * e]!;
    const right = mesh.face[2 * e + 1]!;
    if (left >= 0 && right >= 0 && runOf[left] !== runOf[right] && mesh.shared[e]! < 0) mesh.shared[e] = shared.edge();
  }
  const extractor = new Extractor(block, names, unused);
  return Array.from({ length: runs }, (_, run) => () => extractor.extract(ends[run]!, ends[run + 1]!));
}

/** Vertices that other blocks have too: those inside an edge that a larger split shares, and those of several runs. */
function nameVertices({ mesh, given, names }: CutBlock, vertexRun: Int32Array, lines: Lines, shared: SharedNames): Int32Array {
  const named = new Int32Array(mesh.vertices).fill(-1);
  named.set(names.subarray(0, given));
  for (let e = 0; e < mesh.edges; e++) {
    if (mesh.shared[e]! < 0 || mesh.face[2 * e] === GONE) continue;
    for (let h = 2 * e; h <= 2 * e + 1; h++) {
      const v = mesh.origin[h]!;
      if (v < given || named[v]! >= 0) continue;
      const a = names[mesh.base[2 * v]!]!;
      const b = names[mesh.base[2 * v + 1]!]!;
      named[v] = shared.vertexOn(mesh.shared[e]!, lines, mesh.lines[2 * v + 1]!, a, b);
    }
  }
  for (let v = 0; v < mesh.vertices; v++) if (vertexRun[v] === SEVERAL && named[v]! < 0) named[v] = shared.vertex();
  return named;
}

class Extractor {
  /** By vertex and by edge: its number in the part at hand, and the half-edge that its half-edge 2e became; −1: none yet. */
  private readonly placeOf: Int32Array;
  private readonly halfOf: Int32Array;
  /** Of the part at hand: its vertices and edges in the cut mesh. */
  private readonly vertices: Int32Array;
  private readonly edges: Int32Array;

  constructor(
    private readonly block: CutBlock,
    private readonly names: Int32Array,
    private readonly unused: Mesh[],
  ) {
    const { mesh } = block;
    this.placeOf = new Int32Array(mesh.vertices).fill(-1);
    this.halfOf = new Int32Array(mesh.edges).fill(-1);
    this.vertices = new Int32Array(mesh.vertices);
    this.edges = new Int32Array(mesh.edges);
  }

  extract(from: number, to: number): Part {
    const { placeOf, halfOf, names } = this;
    const { mesh, faces, level } = this.block;
    const count = to - from;
    const part = this.unused.pop() ?? new Mesh(4 * count + 16, 6 * count + 16, 3 * count);
    part.clear();
    const levelFace = new Int32Array(count);
    for (let f = 0; f < count; f++) {
      levelFace[f] = from + f;
      const start = mesh.faceHalf[faces[from + f]!]!;
      const first = this.copyHalf(part, start);
      part.addFace(first);
      part.face[first] = f;
      let last = first;
      for (let h = mesh.next[start]!; h !== start; h = mesh.next[h]!) {
        const half = this.copyHalf(part, h);
        part.face[half] = f;
        part.tie(last, half);
        last = half;
      }
      part.tie(last, first);
    }
    for (let v = 0; v < part.vertices; v++) placeOf[this.vertices[v]!] = -1;
    for (let e = 0; e < part.edges; e++) halfOf[this.edges[e]!] = -1;
    const vertices = this.vertices.slice(0, part.vertices);
    return { mesh: part, level, levelFace, names: vertices.map((v) => names[v]!), vertices };
  }

  private copyHalf(part: Mesh, h: number): number {
    const e = h >> 1;
    if (this.halfOf[e]! >= 0) return this.halfOf[e]! ^ (h & 1);
    const { mesh } = this.block;
    const a = this.copyVertex(part, mesh.origin[h]!);
    const b = this.copyVertex(part, mesh.origin[h ^ 1]!);
    this.edges[part.edges] = e;
    const half = 2 * part.addEdge(a, b, mesh.edgeLine[e]!, a, b, mesh.shared[e]!);
    if (mesh.face[h ^ 1] === OUTSIDE) part.face[half + 1] = OUTSIDE;
    this.halfOf[e] = half ^ (h & 1);
    return half;
  }

  private copyVertex(part: Mesh, v: number): number {
    if (this.placeOf[v]! >= 0) return this.placeOf[v]!;
    const { place, lines, off, rounded } = this.block.mesh;
    this.vertices[part.vertices] = v;
    const copy = part.addVertex(place[2 * v]!, place[2 * v + 1]!, lines[2 * v]!, lines[2 * v + 1]!, -1, -1, 0, off[v]!, rounded[v]!);
    this.placeOf[v] = copy;
    return copy;
  }
}
