import { ComplexLists } from "./complex-arrays";
import type { Level } from "./level";
import type { Lines } from "./lines";
import { measureFaces } from "./measure-faces";
import type { Mesh } from "./mesh";
import { reals, wholes } from "./numbers-list";
import type { FinalBlock } from "./partition-blocks";
import type { PartitionRun } from "./partition-run";
import type { StageLayers } from "./stage-layers";
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

  constructor(private readonly run: Pick<PartitionRun, "stages" | "layers" | "scratch">) {
    super();
  }

  override clear(): void {
    super.clear();
    this.roughness.length = 0;
    this.levels.length = 0;
    this.trunkEdges.length = 0;
  }

  /** Adds a block. Gives, by edge of the block, what its half-edge 2e is here, until the next one is added. */
  add(block: FinalBlock): Int32Array {
    const { mesh, level, levelFace, names, outputs } = block;
    const { scratch } = this.run;
    this.levels.push({ level, levelFace, first: this.faces });
    const vertexOf = scratch.whole("collected vertices", mesh.vertices);
    const halfOf = scratch.whole("collected half-edges", mesh.edges);
    this.addVertices(mesh.place, names, vertexOf);
    this.addEdgesOf(block, vertexOf, halfOf);
    this.addCorners(mesh, vertexOf, halfOf);
    measureFaces(mesh, outputs.rows, outputs.size, this, this.roughness, scratch);
    return halfOf;
  }

  private addEdgesOf({ mesh, lines, shared }: FinalBlock, vertexOf: Int32Array, halfOf: Int32Array): void {
    const { edges } = mesh;
    const { stages, layers: stageLayers, scratch } = this.run;
    const ends = scratch.whole("collected ends", 2 * edges);
    const layers = scratch.whole("collected layers", edges);
    const units = scratch.whole("collected units", edges);
    const found = scratch.whole("collected edges that are shared", edges);
    writeEnds(edges, mesh.origin, vertexOf, ends);
    writeLabels(edges, mesh.edgeLine, lines, stages, stageLayers, layers, units);
    const sharedEdges = found.subarray(0, writeShared(edges, mesh.shared, found));
    const before = this.edgeLayers.length;
    this.addEdges(ends, layers, units, edges, sharedEdges, halfOf);
    for (let i = 0; i < sharedEdges.length; i++) {
      const e = sharedEdges[i]!;
      if (halfOf[e]! >= 2 * before && shared.isTrunkEdge(mesh.shared[e]!)) this.trunkEdges.push(halfOf[e]! >> 1);
    }
  }

  private addCorners({ faces, edges, faceHalf, origin, next }: Mesh, vertexOf: Int32Array, halfOf: Int32Array): void {
    const { faceStart, faceVertices, faceEdges } = this;
    const firstFace = this.faces;
    const startAt = faceStart.extend(faces);
    const cornerAt = faceVertices.extend(2 * edges);
    faceEdges.extend(2 * edges);
    const edgeFaces = this.edgeFaces.data;
    const end = writeCorners(
      faces,
      faceHalf,
      origin,
      next,
      vertexOf,
      halfOf,
      firstFace,
      cornerAt,
      faceVertices.data,
      faceEdges.data,
      edgeFaces,
    );
    writeStarts(faces, faceHalf, next, cornerAt, startAt, faceStart.data);
    // Edges at the rim have a face on one side alone.
    faceVertices.length = end;
    faceEdges.length = end;
  }
}

function writeEnds(edges: number, origin: Int32Array, vertexOf: Int32Array, ends: Int32Array): void {
  for (let h = 0; h < 2 * edges; h++) ends[h] = vertexOf[origin[h]!]!;
}

/** Writes the edges that are shared. Gives how many there are. */
function writeShared(edges: number, shared: Int32Array, found: Int32Array): number {
  let count = 0;
  for (let e = 0; e < edges; e++) if (shared[e]! >= 0) found[count++] = e;
  return count;
}

/** Writes by edge the layer that cut along it, and of which unit it is a cut. */
function writeLabels(
  edges: number,
  edgeLine: Int32Array,
  lines: Lines,
  { list }: Stages,
  { stages }: StageLayers,
  layers: Int32Array,
  units: Int32Array,
): void {
  for (let e = 0; e < edges; e++) {
    const stage = lines.stageOf(edgeLine[e]!);
    const cut = lines.cutOf(edgeLine[e]!);
    layers[e] = stage < 0 ? -1 : stages[stage]!.layer;
    units[e] = stage < 0 ? cut : stages[stage]!.first + list[stage]!.cuts!.units[cut]!;
  }
}
/** Writes the corners of faces from a place on, the edges behind them, and which faces those have beside them. Gives the place behind the last. */
function writeCorners(
  faces: number,
  faceHalf: Int32Array,
  origin: Int32Array,
  next: Int32Array,
  vertexOf: Int32Array,
  halfOf: Int32Array,
  firstFace: number,
  cornerAt: number,
  faceVertices: Int32Array,
  faceEdges: Int32Array,
  edgeFaces: Int32Array,
): number {
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
  }
  return at;
}

/** Writes from a place on where the corners of the face behind each face begin. */
function writeStarts(
  faces: number,
  faceHalf: Int32Array,
  next: Int32Array,
  cornerAt: number,
  startAt: number,
  faceStart: Int32Array,
): void {
  let at = cornerAt;
  for (let f = 0; f < faces; f++) {
    const start = faceHalf[f]!;
    let h = start;
    do {
      at++;
      h = next[h]!;
    } while (h !== start);
    faceStart[startAt + f] = at;
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
