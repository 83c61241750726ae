import type { Block, SharedNames } from "./block";
import type { Extractor } from "./extract-part";
import type { Level } from "./level";
import type { Lines } from "./lines";
import { GONE, Mesh } from "./mesh";
import type { Scratch } from "./scratch";

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

/** A cut mesh taken apart into runs of faces, in order; what several runs have got a name. */
export class SplitBlock {
  /** By run: how many half-edges it has. */
  private readonly halves: Int32Array;
  private readonly names: Int32Array;

  /** Into runs of faces, of which `starts` says where each begins, and the last ends. */
  constructor(
    private readonly block: CutBlock,
    lines: Lines,
    shared: SharedNames,
    private readonly starts: Int32Array,
    scratch: Scratch,
  ) {
    const { mesh, faces } = block;
    const runs = starts.length - 1;
    this.halves = new Int32Array(runs);
    const runOf = scratch.whole("runs of faces", mesh.faces);
    for (let run = 0; run < runs; run++) fillAt(starts[run]!, starts[run + 1]!, faces, run, runOf);
    countHalves(2 * mesh.edges, mesh.face, runOf, this.halves);
    this.names = nameShared(block, runOf, lines, shared, scratch);
  }

  /** A run as a mesh, one that is no longer used where there is one. */
  take(run: number, extractor: Extractor, unused: Mesh[]): Part {
    const from = this.starts[run]!;
    const to = this.starts[run + 1]!;
    const mesh = unused.pop() ?? new Mesh();
    const vertices = extractor.extract(this.block, from, to, this.halves[run]!, mesh);
    const levelFace = new Int32Array(to - from);
    for (let f = from; f < to; f++) levelFace[f - from] = f;
    return { mesh, level: this.block.level, levelFace, names: valuesAt(vertices, this.names), vertices };
  }
}

/** Writes a value at some places. */
function fillAt(from: number, to: number, places: Int32Array, value: number, values: Int32Array): void {
  for (let i = from; i < to; i++) values[places[i]!] = value;
}

function valuesAt(places: Int32Array, values: Int32Array): Int32Array {
  const result = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) result[i] = values[places[i]!]!;
  return result;
}

function countHalves(halves: number, face: Int32Array, runOf: Int32Array, counts: Int32Array): void {
  for (let h = 0; h < halves; h++) {
    const f = face[h]!;
    if (f >= 0) counts[runOf[f]!]!++;
  }
}

/**
 * Names the edges between runs, and vertices that other blocks have too: those inside an edge that a larger split shares, and the ends of
 * edges between runs. Around a vertex without a name all faces are in this mesh, so that where several runs meet there, an edge tells.
 */
function nameShared({ mesh, given, names }: CutBlock, runOf: Int32Array, lines: Lines, shared: SharedNames, scratch: Scratch): Int32Array {
  const { vertices, edges, origin } = mesh;
  const named = new Int32Array(vertices).fill(-1, given);
  named.set(names.subarray(0, given));
  const isBetween = scratch.byte("vertices between runs", vertices).fill(0, 0, vertices);
  const found = scratch.whole("edges that are shared", edges);
  const count = findShared(edges, mesh.face, mesh.shared, runOf, found);
  for (let i = 0; i < count; i++) {
    const e = found[i]!;
    if (mesh.shared[e]! < 0) {
      isBetween[origin[2 * e]!] = 1;
      isBetween[origin[2 * e + 1]!] = 1;
      mesh.shared[e] = shared.edge();
    } else {
      nameInside(origin[2 * e]!, mesh, e, given, names, lines, shared, named);
      nameInside(origin[2 * e + 1]!, mesh, e, given, names, lines, shared, named);
    }
  }
  for (let v = 0; v < vertices; v++) if (isBetween[v] === 1 && named[v]! < 0) named[v] = shared.vertex();
  return named;
}

/** Writes the edges that are shared with other meshes, or lie between runs; gives how many there are. */
function findShared(edges: number, face: Int32Array, shared: Int32Array, runOf: Int32Array, found: Int32Array): number {
  let count = 0;
  for (let e = 0; e < edges; e++) {
    const left = face[2 * e]!;
    const right = face[2 * e + 1]!;
    if (left === GONE) continue;
    if (shared[e]! >= 0 || (left >= 0 && right >= 0 && runOf[left] !== runOf[right])) found[count++] = e;
  }
  return count;
}

/** Names a new vertex on a shared edge. */
function nameInside(
  v: number,
  { base, lines: linesAt, shared: edges }: Mesh,
  e: number,
  given: number,
  names: Int32Array,
  lines: Lines,
  shared: SharedNames,
  named: Int32Array,
): void {
  if (v < given || named[v]! >= 0) return;
  named[v] = shared.vertexOn(edges[e]!, lines, linesAt[2 * v + 1]!, names[base[2 * v]!]!, names[base[2 * v + 1]!]!);
}
