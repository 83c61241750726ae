import type { Block, SharedNames } from "./block";
import type { Level } from "./level";
import type { Lines } from "./lines";
import { ELSEWHERE, GONE, Mesh, OUTSIDE } from "./mesh";

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
  const halves = new Int32Array(runs);
  for (let h = 0; h < 2 * mesh.edges; h++) if (mesh.face[h]! >= 0) halves[runOf[mesh.face[h]!]!]!++;
  const extractor = new Extractor(block, nameShared(block, runOf, lines, shared), unused);
  return Array.from({ length: runs }, (_, run) => () => extractor.extract(ends[run]!, ends[run + 1]!, halves[run]!));
}

/**
 * Names the edges between runs, and vertices that other blocks have too: those inside an edge that a larger split shares, and the ends of
 * edges between runs. Around a vertex without a name all faces are in this mesh, so that where several runs meet there, an edge tells.
 */
function nameShared({ mesh, given, names }: CutBlock, runOf: Int32Array, lines: Lines, shared: SharedNames): Int32Array {
  const { face, origin, base } = mesh;
  const named = new Int32Array(mesh.vertices).fill(-1);
  named.set(names.subarray(0, given));
  const isBetween = new Uint8Array(mesh.vertices);
  for (let e = 0; e < mesh.edges; e++) {
    const left = face[2 * e]!;
    const right = face[2 * e + 1]!;
    if (left === GONE) continue;
    if (mesh.shared[e]! >= 0)
      for (let h = 2 * e; h <= 2 * e + 1; h++) {
        const v = origin[h]!;
        if (v < given || named[v]! >= 0) continue;
        const a = names[base[2 * v]!]!;
        const b = names[base[2 * v + 1]!]!;
        named[v] = shared.vertexOn(mesh.shared[e]!, lines, mesh.lines[2 * v + 1]!, a, b);
      }
    else if (left >= 0 && right >= 0 && runOf[left] !== runOf[right]) {
      isBetween[origin[2 * e]!] = 1;
      isBetween[origin[2 * e + 1]!] = 1;
      mesh.shared[e] = shared.edge();
    }
  }
  for (let v = 0; v < mesh.vertices; v++) if (isBetween[v] === 1 && named[v]! < 0) named[v] = shared.vertex();
  return named;
}

class Extractor {
  /** By vertex and by edge: its number in the part at hand, and the half-edge that its half-edge 2e became; −1: none yet. */
  private readonly placeOf: Int32Array;
  private readonly halfOf: Int32Array;
  /** Of the part at hand: its vertices, and the half-edges 2e of its edges, in the cut mesh. */
  private readonly vertices: Int32Array;
  private readonly halves: Int32Array;

  constructor(
    private readonly block: CutBlock,
    private readonly names: Int32Array,
    private readonly unused: Mesh[],
  ) {
    const { mesh } = block;
    this.placeOf = new Int32Array(mesh.vertices).fill(-1);
    this.halfOf = new Int32Array(mesh.edges).fill(-1);
    this.vertices = new Int32Array(mesh.vertices);
    this.halves = new Int32Array(mesh.edges);
  }

  /** The part of some faces in a row, which have this many half-edges. */
  extract(from: number, to: number, halves: number): Part {
    const part = this.unused.pop() ?? new Mesh();
    part.reserve(halves, halves, 2 * (to - from));
    this.takeFaces(part, from, to);
    this.takeEdges(part);
    this.takeVertices(part);
    const vertices = this.vertices.slice(0, part.vertices);
    const levelFace = new Int32Array(to - from);
    for (let f = from; f < to; f++) levelFace[f - from] = f;
    return { mesh: part, level: this.block.level, levelFace, names: vertices.map((v) => this.names[v]!), vertices };
  }

  /** Numbers the edges as the faces have them, and ties their half-edges. */
  private takeFaces(part: Mesh, from: number, to: number): void {
    const { halfOf, halves } = this;
    const { mesh, faces } = this.block;
    const { face, next, previous, faceHalf, nextFace } = part;
    let edges = 0;
    for (let f = 0; f < to - from; f++) {
      const start = mesh.faceHalf[faces[from + f]!]!;
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
          face[other] = mesh.face[h ^ 1] === OUTSIDE ? OUTSIDE : ELSEWHERE;
        }
        face[half] = f;
        if (last < 0) first = half;
        else {
          next[last] = half;
          previous[half] = last;
        }
        last = half;
        h = mesh.next[h]!;
      } while (h !== start);
      next[last] = first;
      previous[first] = last;
      faceHalf[f] = first;
      nextFace[f] = -1;
    }
    part.edges = edges;
    part.faces = to - from;
  }

  /** Numbers the vertices as the edges have them. */
  private takeEdges(part: Mesh): void {
    const { placeOf, halfOf, halves, vertices } = this;
    const { mesh } = this.block;
    const { origin, edgeLine, edgeBase, shared } = part;
    let count = 0;
    for (let e = 0; e < part.edges; e++) {
      const h = halves[e]!;
      const a = mesh.origin[h]!;
      const b = mesh.origin[h ^ 1]!;
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
      edgeLine[e] = mesh.edgeLine[h >> 1]!;
      shared[e] = mesh.shared[h >> 1]!;
      halfOf[h >> 1] = -1;
    }
    part.vertices = count;
  }

  private takeVertices(part: Mesh): void {
    const { mesh } = this.block;
    const { place, lines, base, part: along, off, rounded } = part;
    for (let copy = 0; copy < part.vertices; copy++) {
      const v = this.vertices[copy]!;
      place[2 * copy] = mesh.place[2 * v]!;
      place[2 * copy + 1] = mesh.place[2 * v + 1]!;
      lines[2 * copy] = mesh.lines[2 * v]!;
      lines[2 * copy + 1] = mesh.lines[2 * v + 1]!;
      base[2 * copy] = -1;
      base[2 * copy + 1] = -1;
      along[copy] = 0;
      off[copy] = mesh.off[v]!;
      rounded[copy] = mesh.rounded[v]!;
      this.placeOf[v] = -1;
    }
  }
}
