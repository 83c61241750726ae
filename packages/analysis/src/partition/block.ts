import type { BoundedRows } from "./given-inputs";
import type { Level } from "./level";
import type { Lines } from "./lines";
import { Mesh, OUTSIDE } from "./mesh";
import { wholes } from "./numbers-list";

/** A run of faces that is cut further by itself: its mesh, with every vertex given, and where it hangs together with the rest. */
export interface Block {
  readonly mesh: Mesh;
  readonly level: Level | null;
  /** By face: its face in the level. */
  readonly levelFace: Int32Array;
  /** By vertex: its name where other blocks have it too; −1: it is this block's own. */
  readonly names: Int32Array;
  readonly state: ReadonlyMap<number, BoundedRows>;
}

/**
 * Names for the vertices and edges that several blocks have. An edge between blocks is cut by both; a vertex on it is the same one
 * where the same cut of the same stage made it, between the same vertices.
 */
export class SharedNames {
  vertices: number;
  edges: number;
  /** Names below these are the trunk's, and mean the same in all its parts. */
  private readonly trunkEdges: number;
  readonly trunkVertices: number;
  /** By shared edge, stage, cut and the names of the vertices beside it: the names of the vertices inside it. */
  private readonly inside = new Map<string, number>();
  /** What other parts need in order to tell which of their vertices are the same: (name, edge, stage, cut, a, b) of each name on a trunk's edge. */
  readonly onTrunk = wholes();

  constructor(trunk?: SharedNames) {
    this.vertices = trunk?.vertices ?? 0;
    this.edges = trunk?.edges ?? 0;
    this.trunkVertices = this.vertices;
    this.trunkEdges = this.edges;
  }

  vertex(): number {
    return this.vertices++;
  }

  edge(): number {
    return this.edges++;
  }

  isTrunkEdge(edge: number): boolean {
    return edge >= 0 && edge < this.trunkEdges;
  }

  /**
   * The vertex that a line's cut makes on a shared edge, between the two vertices of these names that were there before the stage: a
   * cut is linear between those, but it may cross an edge of an earlier stage several times.
   */
  vertexOn(edge: number, lines: Lines, line: number, from: number, to: number): number {
    const place = [edge, lines.stageOf(line), lines.cutOf(line), Math.min(from, to), Math.max(from, to)];
    const key = place.join("/");
    let name = this.inside.get(key);
    if (name === undefined) {
      name = this.vertices++;
      this.inside.set(key, name);
      if (this.isTrunkEdge(edge)) for (const value of [name, ...place]) this.onTrunk.push(value);
    }
    return name;
  }
}

/** The window as a block of one face. */
export function windowBlock(window: Float64Array, state: ReadonlyMap<number, BoundedRows>): Block {
  const mesh = new Mesh();
  const corners = window.length / 2;
  for (let i = 0; i < corners; i++) mesh.addVertex(window[2 * i]!, window[2 * i + 1]!, (i + corners - 1) % corners, i, -1, -1, 0, 0, 0);
  mesh.addFace(0);
  for (let i = 0; i < corners; i++) {
    const to = (i + 1) % corners;
    mesh.addEdge(i, to, i, i, to, -1);
    mesh.face[2 * i] = 0;
    mesh.face[2 * i + 1] = OUTSIDE;
  }
  for (let i = 0; i < corners; i++) mesh.tie(2 * i, 2 * ((i + 1) % corners));
  return { mesh, level: null, levelFace: Int32Array.of(0), names: new Int32Array(corners).fill(-1), state };
}
