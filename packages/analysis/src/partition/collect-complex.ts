import { ComplexLists } from "./complex-arrays";
import type { Level } from "./level";
import { measureFaces } from "./measure-faces";
import type { Mesh } from "./mesh";
import { reals, wholes } from "./numbers-list";
import type { FinalBlock } from "./partition-blocks";
import type { Stages } from "./stages";

/** Faces of one level, from `first` on: face first + i is the level's face levelFace[i]. */
export interface LevelFaces {
  readonly level: Level | null;
  readonly levelFace: Int32Array;
  readonly first: number;
}

/** The planar complex of several blocks: what several have in common is kept once. */
export class ComplexCollector extends ComplexLists {
  /** By face: how far its map may be off, relative to its size, for the rounding of values at corners close together. */
  readonly roughness = reals();
  readonly levels: LevelFaces[] = [];
  /** Edges that lie on edges between parts of the trunk. */
  readonly trunkEdges = wholes();

  constructor(private readonly stages: Stages) {
    super();
  }

  override clear(): void {
    super.clear();
    this.roughness.length = 0;
    this.levels.length = 0;
    this.trunkEdges.length = 0;
  }

  /** Adds a block. Gives, by edge of the block, what its half-edge 2e is here. */
  add(block: FinalBlock): Int32Array {
    const { mesh, level, levelFace, names, outputs } = block;
    this.levels.push({ level, levelFace, first: this.faces });
    const vertexOf = this.addVertices(mesh.place, names);
    const halfOf = this.addEdgesOf(block, vertexOf);
    this.addCorners(mesh, vertexOf, halfOf);
    measureFaces(mesh, outputs.rows, outputs.size, this, this.roughness);
    return halfOf;
  }

  private addEdgesOf({ mesh, lines, shared }: FinalBlock, vertexOf: Int32Array): Int32Array {
    const { edges, origin, edgeLine } = mesh;
    const { list } = this.stages;
    const ends = new Int32Array(2 * edges);
    const layers = new Int32Array(edges);
    const units = new Int32Array(edges);
    const isShared = new Uint8Array(edges);
    for (let e = 0; e < edges; e++) {
      ends[2 * e] = vertexOf[origin[2 * e]!]!;
      ends[2 * e + 1] = vertexOf[origin[2 * e + 1]!]!;
      const line = edgeLine[e]!;
      const stage = lines.stageOf(line);
      layers[e] = stage;
      units[e] = stage < 0 ? lines.cutOf(line) : list[stage]!.cuts!.units[lines.cutOf(line)]!;
      isShared[e] = mesh.shared[e]! >= 0 ? 1 : 0;
    }
    const before = this.edgeLayers.length;
    const halfOf = this.addEdges(ends, layers, units, isShared);
    for (let e = 0; e < edges; e++)
      if (isShared[e] === 1 && halfOf[e]! >= 2 * before && shared.isTrunkEdge(mesh.shared[e]!)) this.trunkEdges.push(halfOf[e]! >> 1);
    return halfOf;
  }

  private addCorners({ faces, edges, faceHalf, origin, next }: Mesh, vertexOf: Int32Array, halfOf: Int32Array): void {
    const firstFace = this.faces;
    const startAt = this.faceStart.extend(faces);
    const cornerAt = this.faceVertices.extend(2 * edges);
    this.faceEdges.extend(2 * edges);
    const faceStart = this.faceStart.data;
    const faceVertices = this.faceVertices.data;
    const faceEdges = this.faceEdges.data;
    const edgeFaces = this.edgeFaces.data;
    let at = cornerAt;
    for (let f = 0; f < faces; f++) {
      const start = faceHalf[f]!;
      let h = start;
      do {
        const half = halfOf[h >> 1]! ^ (h & 1);
        faceVertices[at] = vertexOf[origin[h]!]!;
        faceEdges[at++] = half >> 1;
        edgeFaces[half] = firstFace + f;
        h = next[h]!;
      } while (h !== start);
      faceStart[startAt + f] = at;
    }
    // Edges at the rim have a face on one side alone.
    this.faceVertices.length = at;
    this.faceEdges.length = at;
  }
}

/** The faces of a level that a face is among. */
export function levelOf(levels: readonly LevelFaces[], face: number): LevelFaces {
  let [low, high] = [0, levels.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (levels[middle]!.first <= face) low = middle;
    else high = middle - 1;
  }
  return levels[low]!;
}
