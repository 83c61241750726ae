import { ROUNDOFF } from "@maso/core";
import { ComplexLists } from "./complex-arrays";
import type { Level } from "./level";
import { reals, wholes } from "./numbers-list";
import type { FinalBlock } from "./partition-blocks";

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
  /** By name: the vertex of blocks that has it. */
  readonly named = new Map<number, number>();
  /** Edges that lie on edges between parts of the trunk. */
  readonly trunkEdges = wholes();

  constructor(private readonly unitOfCut: (stage: number, cut: number) => number) {
    super();
  }

  /** Adds a block. Gives, by edge of the block, what its half-edge 2e is here. */
  add(block: FinalBlock): Int32Array {
    const { mesh, level, levelFace, names } = block;
    const first = this.faces;
    this.levels.push({ level, levelFace, first });
    const vertexOf = new Int32Array(mesh.vertices);
    for (let v = 0; v < mesh.vertices; v++) vertexOf[v] = this.vertexFor(names[v]!, mesh.place[2 * v]!, mesh.place[2 * v + 1]!);
    const halfOf = this.addEdges(block, vertexOf);
    for (let f = 0; f < mesh.faces; f++) {
      const start = mesh.faceHalf[f]!;
      let h = start;
      do {
        const half = halfOf[h >> 1]! ^ (h & 1);
        this.faceVertices.push(vertexOf[mesh.origin[h]!]!);
        this.faceEdges.push(half >> 1);
        this.edgeFaces.set(half, first + f);
        h = mesh.next[h]!;
      } while (h !== start);
      this.faceStart.push(this.faceVertices.length);
      this.measure(block, start);
    }
    return halfOf;
  }

  private vertexFor(name: number, s: number, t: number): number {
    const known = name < 0 ? undefined : this.named.get(name);
    if (known !== undefined) return known;
    const v = this.addVertex(s, t);
    if (name >= 0) this.named.set(name, v);
    return v;
  }

  private addEdges({ mesh, lines, shared }: FinalBlock, vertexOf: Int32Array): Int32Array {
    const halfOf = new Int32Array(mesh.edges);
    for (let e = 0; e < mesh.edges; e++) {
      const [from, to] = [vertexOf[mesh.origin[2 * e]!]!, vertexOf[mesh.origin[2 * e + 1]!]!];
      const line = mesh.edgeLine[e]!;
      const stage = lines.stageOf(line);
      const before = this.edgeLayers.length;
      halfOf[e] = this.addEdge(from, to, stage, this.unitOfCut(stage, lines.cutOf(line)), mesh.shared[e]! >= 0);
      if (this.edgeLayers.length > before && shared.isTrunkEdge(mesh.shared[e]!)) this.trunkEdges.push(before);
    }
    return halfOf;
  }

  /** Area and centroid about the first corner, and the map through three corners far apart. */
  private measure({ mesh, outputs }: FinalBlock, first: number): void {
    const { place, origin, next } = mesh;
    const p = origin[first]!;
    const s0 = place[2 * p]!;
    const t0 = place[2 * p + 1]!;
    let area = 0;
    let cs = 0;
    let ct = 0;
    let q = p;
    let r = p;
    let widest = 0;
    let farthest = -1;
    for (let h = next[first]!; h !== first; h = next[h]!) {
      const v = origin[h]!;
      const distance = (place[2 * v]! - s0) ** 2 + (place[2 * v + 1]! - t0) ** 2;
      if (distance > farthest) {
        q = v;
        farthest = distance;
      }
    }
    const us = place[2 * q]! - s0;
    const ut = place[2 * q + 1]! - t0;
    let ws = 0;
    let wt = 0;
    for (let h = next[first]!; h !== first; h = next[h]!) {
      const v = origin[h]!;
      const vs = place[2 * v]! - s0;
      const vt = place[2 * v + 1]! - t0;
      const across = us * vt - ut * vs;
      if (Math.abs(across) > Math.abs(widest)) {
        r = v;
        widest = across;
      }
      const twice = ws * vt - wt * vs;
      area += twice;
      cs += twice * (ws + vs);
      ct += twice * (wt + vt);
      ws = vs;
      wt = vt;
    }
    // Of a face thinner than the rounding of its corners the float area may come out below 0.
    this.areas.push(Math.max(0, area / 2));
    this.centroids.push(area > 0 ? s0 + cs / (3 * area) : s0);
    this.centroids.push(area > 0 ? t0 + ct / (3 * area) : t0);
    const vs = place[2 * r]! - s0;
    const vt = place[2 * r + 1]! - t0;
    const { rows, size } = outputs;
    let steepest = 0;
    let largest = 0;
    const start = this.maps.extend(3 * size);
    const maps = this.maps.data;
    for (let k = 0; k < size; k++) {
      const f = rows[p * size + k]!;
      const du = rows[q * size + k]! - f;
      const dv = rows[r * size + k]! - f;
      const a = widest === 0 ? 0 : (du * vt - dv * ut) / widest;
      const b = widest === 0 ? 0 : (dv * us - du * vs) / widest;
      maps[start + 3 * k] = a;
      maps[start + 3 * k + 1] = b;
      maps[start + 3 * k + 2] = f - a * s0 - b * t0;
      steepest = Math.max(steepest, Math.abs(a), Math.abs(b));
      largest = Math.max(largest, Math.abs(f));
    }
    const height = Math.abs(widest) / Math.sqrt(Math.max(farthest, Number.MIN_VALUE));
    const size0 = Math.max(steepest, Number.MIN_VALUE);
    this.roughness.push(
      height === 0 ? Infinity : (64 * ROUNDOFF * (largest + steepest * (Math.abs(s0) + Math.abs(t0)))) / (height * size0),
    );
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
