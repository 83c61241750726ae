import { ROUNDOFF } from "@maso/core";
import { OUTSIDE } from "./block";
import type { Level } from "./level";
import { reals, wholes } from "./numbers-list";
import type { FinalBlock } from "./partition-blocks";

/** The planar complex of all blocks: what several have in common is kept once. */
export class ComplexCollector {
  readonly vertices = reals();
  readonly edges = wholes();
  readonly edgeFaces = wholes();
  readonly edgeLayers = wholes();
  readonly edgeUnits = wholes();
  readonly faceStart = wholes();
  readonly faceVertices = wholes();
  readonly faceEdges = wholes();
  readonly areas = reals();
  readonly centroids = reals();
  readonly maps = reals();
  /** By face: how far its map may be off, relative to its size, for the rounding of values at corners close together. */
  readonly roughness = reals();
  /** By block: its level, and its first face here; its faces are the level's from `levelFace[0]` on. */
  readonly blocks: { readonly level: Level | null; readonly levelFace: Int32Array; readonly first: number }[] = [];
  private readonly named = new Map<number, number>();
  private readonly sharedEdges = new Map<string, number>();

  constructor(private readonly unitOfCut: (stage: number, cut: number) => number) {
    this.faceStart.push(0);
  }

  get faces(): number {
    return this.areas.length;
  }

  /** The block of a face. */
  blockOf(face: number): ComplexCollector["blocks"][number] {
    let [low, high] = [0, this.blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.blocks[middle]!.first <= face) low = middle;
      else high = middle - 1;
    }
    return this.blocks[low]!;
  }

  /** Every edge has a face on both sides, or one at the window's rim, and V − E + F = 1. */
  isClosed(): boolean {
    for (let e = 0; e < this.edgeLayers.length; e++) {
      const faces = Number(this.edgeFaces.at(2 * e) >= 0) + Number(this.edgeFaces.at(2 * e + 1) >= 0);
      if (faces !== (this.edgeLayers.at(e) < 0 ? 1 : 2)) return false;
    }
    return this.vertices.length / 2 - this.edges.length / 2 + this.faces === 1;
  }

  /** Adds a block. */
  add(block: FinalBlock): void {
    const { mesh, cycles, level, levelFace, names, lines } = block;
    const first = this.faces;
    this.blocks.push({ level, levelFace, first });
    const vertexOf = Int32Array.from({ length: mesh.vertices }, (_, v) =>
      this.vertexFor(names[v]!, mesh.place[2 * v]!, mesh.place[2 * v + 1]!),
    );
    const edgeOf = new Int32Array(mesh.edges);
    const turned = new Uint8Array(mesh.edges);
    for (let e = 0; e < mesh.edges; e++) {
      const [from, to] = [vertexOf[mesh.ends[2 * e]!]!, vertexOf[mesh.ends[2 * e + 1]!]!];
      const key = mesh.shared[e]! < 0 ? null : `${Math.min(from, to)}/${Math.max(from, to)}`;
      const known = key === null ? undefined : this.sharedEdges.get(key);
      if (known !== undefined) {
        edgeOf[e] = known;
        turned[e] = this.edges.at(2 * known) === from ? 0 : 1;
        continue;
      }
      const made = this.edges.length / 2;
      edgeOf[e] = made;
      if (key !== null) this.sharedEdges.set(key, made);
      this.edges.push(from);
      this.edges.push(to);
      this.edgeFaces.push(OUTSIDE);
      this.edgeFaces.push(OUTSIDE);
      const line = mesh.edgeLine[e]!;
      this.edgeLayers.push(lines.stageOf(line));
      this.edgeUnits.push(this.unitOfCut(lines.stageOf(line), lines.cutOf(line)));
    }
    cycles.forEach((cycle, f) => {
      for (const half of cycle) {
        const e = half >> 1;
        this.faceVertices.push(vertexOf[mesh.origin(half)]!);
        this.faceEdges.push(edgeOf[e]!);
        this.edgeFaces.set(2 * edgeOf[e]! + ((half & 1) ^ turned[e]!), first + f);
      }
      this.faceStart.push(this.faceVertices.length);
      this.measure(block, cycle);
    });
  }

  private vertexFor(name: number, s: number, t: number): number {
    const known = name < 0 ? undefined : this.named.get(name);
    if (known !== undefined) return known;
    const v = this.vertices.length / 2;
    if (name >= 0) this.named.set(name, v);
    this.vertices.push(s);
    this.vertices.push(t);
    return v;
  }

  /** Area and centroid about the first corner, and the map through three corners far apart. */
  private measure({ mesh, outputs }: FinalBlock, cycle: readonly number[]): void {
    const { place } = mesh;
    const p = mesh.origin(cycle[0]!);
    const [s0, t0] = [place[2 * p]!, place[2 * p + 1]!];
    let [area, cs, ct] = [0, 0, 0];
    let [q, r, widest, farthest] = [p, p, 0, -1];
    for (let i = 1; i < cycle.length; i++) {
      const v = mesh.origin(cycle[i]!);
      const distance = (place[2 * v]! - s0) ** 2 + (place[2 * v + 1]! - t0) ** 2;
      if (distance > farthest) [q, farthest] = [v, distance];
    }
    const [us, ut] = [place[2 * q]! - s0, place[2 * q + 1]! - t0];
    for (let i = 1; i < cycle.length; i++) {
      const v = mesh.origin(cycle[i]!);
      const [vs, vt] = [place[2 * v]! - s0, place[2 * v + 1]! - t0];
      const across = us * vt - ut * vs;
      if (Math.abs(across) > Math.abs(widest)) [r, widest] = [v, across];
      if (i === 1) continue;
      const before = mesh.origin(cycle[i - 1]!);
      const [ws, wt] = [place[2 * before]! - s0, place[2 * before + 1]! - t0];
      const twice = ws * vt - wt * vs;
      area += twice;
      cs += twice * (ws + vs);
      ct += twice * (wt + vt);
    }
    // Of a face thinner than the rounding of its corners the float area may come out below 0.
    this.areas.push(Math.max(0, area / 2));
    this.centroids.push(area > 0 ? s0 + cs / (3 * area) : s0);
    this.centroids.push(area > 0 ? t0 + ct / (3 * area) : t0);
    const [vs, vt] = [place[2 * r]! - s0, place[2 * r + 1]! - t0];
    const { rows, size } = outputs;
    let [steepest, largest] = [0, 0];
    for (let k = 0; k < size; k++) {
      const f = rows[p * size + k]!;
      const [du, dv] = [rows[q * size + k]! - f, rows[r * size + k]! - f];
      const a = widest === 0 ? 0 : (du * vt - dv * ut) / widest;
      const b = widest === 0 ? 0 : (dv * us - du * vs) / widest;
      this.maps.push(a);
      this.maps.push(b);
      this.maps.push(f - a * s0 - b * t0);
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
