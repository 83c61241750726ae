import { type Block, ELSEWHERE, OUTSIDE, type SharedNames } from "./block";
import type { Level } from "./level";
import { Mesh } from "./mesh";
import type { Lines } from "./settle";

/** A mesh that a stage has cut, ready to be taken apart. */
export interface CutBlock {
  readonly mesh: Mesh;
  readonly cycles: readonly (readonly number[])[];
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

/** Takes a cut mesh apart into runs of at most `most` faces, in order; what several runs have gets a name. */
export function splitBlock(
  { mesh, cycles, level, given, names }: CutBlock,
  lines: Lines,
  shared: SharedNames,
  most: number,
): readonly Part[] {
  const runs = Math.ceil(cycles.length / most);
  const runOf = (face: number): number => Math.floor((face * runs) / cycles.length);
  const drop = straightVertices(mesh, cycles, given);
  const edgeRun = new Int32Array(mesh.edges).fill(-1);
  const vertexRun = new Int32Array(mesh.vertices).fill(-1);
  const named = new Int32Array(mesh.vertices).fill(-1);
  named.set(names.subarray(0, given));
  cycles.forEach((cycle, face) => {
    const run = runOf(face);
    for (const half of cycle) {
      const e = half >> 1;
      if (edgeRun[e] === -1) edgeRun[e] = run;
      else if (edgeRun[e] !== run) edgeRun[e] = SEVERAL;
      const v = mesh.origin(half);
      if (drop?.has(v)) continue;
      if (vertexRun[v] === -1) vertexRun[v] = run;
      else if (vertexRun[v] !== run) vertexRun[v] = SEVERAL;
    }
  });
  // Vertices inside an edge that a larger split shares have one name for all who make them.
  for (let e = 0; e < mesh.edges; e++) {
    if (mesh.shared[e]! < 0 || mesh.halves[2 * e]! < 0) continue;
    const v = mesh.ends[2 * mesh.halves[2 * e]! + 1]!;
    if (named[v]! < 0 && !drop?.has(v) && vertexRun[v] !== -1)
      named[v] = shared.vertexOn(mesh.shared[e]!, lines, mesh.lines[2 * v + 1]!, [
        names[mesh.base[2 * v]!]!,
        names[mesh.base[2 * v + 1]!]!,
      ]);
  }
  for (let v = 0; v < mesh.vertices; v++) if (vertexRun[v] === SEVERAL && named[v]! < 0) named[v] = shared.vertex();
  const parts: Part[] = [];
  for (let run = 0, from = 0; run < runs; run++) {
    let to = from;
    while (to < cycles.length && runOf(to) === run) to++;
    const nameEdge = (e: number): number => {
      if (edgeRun[e] === SEVERAL && mesh.shared[e]! < 0) mesh.shared[e] = shared.edge();
      return mesh.shared[e]!;
    };
    parts.push(extract(mesh, cycles, from, to, level, named, drop, nameEdge));
    from = to;
  }
  return parts;
}

/** Seen in several runs. */
const SEVERAL = -2;

/** New vertices in which no more than two edges of the faces meet: parts of dissolved lines ended there. null: none. */
function straightVertices(mesh: Mesh, cycles: readonly (readonly number[])[], given: number): ReadonlySet<number> | null {
  const edges = new Set<number>();
  const degree = new Int32Array(mesh.vertices);
  for (const cycle of cycles)
    for (const half of cycle) {
      if (edges.has(half >> 1)) continue;
      edges.add(half >> 1);
      degree[mesh.ends[half & ~1]!]!++;
      degree[mesh.ends[half | 1]!]!++;
    }
  const found = new Set<number>();
  for (let v = given; v < mesh.vertices; v++) if (degree[v] === 2) found.add(v);
  return found.size === 0 ? null : found;
}

function extract(
  mesh: Mesh,
  cycles: readonly (readonly number[])[],
  from: number,
  to: number,
  level: Level,
  named: Int32Array,
  drop: ReadonlySet<number> | null,
  nameEdge: (e: number) => number,
): Part {
  const part = new Mesh();
  const vertices: number[] = [];
  const placeOf = new Map<number, number>();
  const edgeOf = new Map<number, number>();
  const vertexAt = (v: number): number => {
    let place = placeOf.get(v);
    if (place === undefined) {
      place = part.addVertex(
        mesh.place[2 * v]!,
        mesh.place[2 * v + 1]!,
        mesh.lines[2 * v]!,
        mesh.lines[2 * v + 1]!,
        -1,
        -1,
        0,
        mesh.off[v]!,
      );
      placeOf.set(v, place);
      vertices.push(v);
    }
    return place;
  };
  const side = (value: number): number => (value === OUTSIDE ? OUTSIDE : ELSEWHERE);
  // Edges with straight vertices between them become one edge, known by the lower of its end edges.
  const halfAt = (first: number, last: number): number => {
    const key = Math.min(first >> 1, last >> 1);
    const from = vertexAt(mesh.origin(first));
    const known = edgeOf.get(key);
    if (known !== undefined) return 2 * known + (part.ends[2 * known] === from ? 0 : 1);
    const to = vertexAt(mesh.origin(last ^ 1));
    const made = part.addEdge(
      from,
      to,
      mesh.edgeLine[key]!,
      from,
      to,
      nameEdge(key),
      side(mesh.beside[first]!),
      side(mesh.beside[first ^ 1]!),
    );
    edgeOf.set(key, made);
    return 2 * made;
  };
  const own: number[][] = [];
  for (let f = from; f < to; f++) {
    const cycle = cycles[f]!;
    if (drop === null) {
      own.push(cycle.map((half) => halfAt(half, half)));
      continue;
    }
    const start = cycle.findIndex((half) => !drop.has(mesh.origin(half)));
    const turned = [...cycle.slice(start), ...cycle.slice(0, start)];
    const halves: number[] = [];
    for (let i = 0; i < turned.length; ) {
      let j = i + 1;
      while (j < turned.length && drop.has(mesh.origin(turned[j]!))) j++;
      halves.push(halfAt(turned[i]!, turned[j - 1]!));
      i = j;
    }
    own.push(halves);
  }
  return {
    mesh: part,
    cycles: own,
    level,
    levelFace: Int32Array.from({ length: to - from }, (_, i) => from + i),
    names: Int32Array.from(vertices, (v) => named[v]!),
    vertices: Int32Array.from(vertices),
  };
}
