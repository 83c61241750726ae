import { type Quantizer, ROUNDOFF } from "@maso/core";
import { edgeKey } from "./complex-arrays";
import { MeshCutter } from "./cut-mesh";
import { type Cuts, cutsOf } from "./cuts";
import type { BoundedRows } from "./given-inputs";
import type { Mesh } from "./mesh";
import { reals } from "./numbers-list";
import type { FinalBlock } from "./partition-blocks";
import type { PartitionRun } from "./partition-run";
import { ExactSettler } from "./settle";

/** The stage that would cut regions along the decision boundary. */
export interface Decision {
  readonly node: number;
  readonly cuts: Cuts;
}

export function decisionOf(node: number, quantizer: Quantizer): Decision {
  return { node, cuts: cutsOf(quantizer, null) };
}

/** Segments of the decision boundary. What lies along an edge that several blocks have is found by each of them. */
export class BoundarySegments {
  /** (s0, t0, s1, t1). */
  readonly inside = reals();
  /** (edge, from, to): parts of an edge, from its first vertex (0) to its second (1). */
  readonly along = reals();

  add(s0: number, t0: number, s1: number, t1: number): void {
    for (const value of [s0, t0, s1, t1]) this.inside.push(value);
  }

  addAlong(edge: number, from: number, to: number): void {
    for (const value of [edge, Math.min(from, to), Math.max(from, to)]) this.along.push(value);
  }
}

/** All segments (s0, t0, s1, t1), what lies along an edge once. */
export function joinedSegments(inside: Float64Array, along: Float64Array, edges: Int32Array, vertices: Float64Array): Float64Array {
  const parts = new Map<number, [number, number][]>();
  for (let i = 0; i < along.length; i += 3) {
    const known = parts.get(along[i]!) ?? [];
    known.push([along[i + 1]!, along[i + 2]!]);
    parts.set(along[i]!, known);
  }
  const found: number[] = [];
  for (const [edge, list] of parts) {
    const [v, w] = [edges[2 * edge]!, edges[2 * edge + 1]!];
    const at = (part: number): [number, number] => [
      vertices[2 * v]! + part * (vertices[2 * w]! - vertices[2 * v]!),
      vertices[2 * v + 1]! + part * (vertices[2 * w + 1]! - vertices[2 * v + 1]!),
    ];
    let reached = 0;
    for (const [from, to] of list.sort(([x], [y]) => x - y)) {
      if (to <= reached) continue;
      found.push(...at(Math.max(from, reached)), ...at(to));
      reached = to;
    }
  }
  const all = new Float64Array(inside.length + found.length);
  all.set(inside);
  all.set(found, inside.length);
  return all;
}

export function lengthOf(segments: Float64Array): number {
  let length = 0;
  for (let i = 0; i < segments.length; i += 4) length += Math.hypot(segments[i + 2]! - segments[i]!, segments[i + 3]! - segments[i + 1]!);
  return length;
}

/**
 * Adds the decision boundary within a block, of whose edges `halfOf` says which ones they are in the complex. Where outputs tie all over a
 * face that face adds nothing. The block's mesh is cut up.
 */
export function addDecisionBoundary(
  boundary: BoundarySegments,
  run: PartitionRun,
  block: FinalBlock,
  decision: Decision,
  halfOf: Int32Array,
): void {
  const { mesh, outputs, lines, level, levelFace } = block;
  const mark = lines.mark();
  const settler = new ExactSettler(decision, mesh, lines, level, levelFace);
  const steepest = run.stages.list.at(-1)!.growth * run.steepness;
  const given = mesh.vertices;
  const cutter = new MeshCutter({
    mesh,
    cuts: decision.cuts,
    inputs: outputs,
    settler,
    steepest,
    mostOff: run.mostOff,
    kernels: run.rows,
  });
  const open = undecided(mesh, outputs, steepest);
  if (open.length === 0) return;
  const halfBetween = sharedHalves(mesh, halfOf);
  const cutting = cutter.run(open);
  let step = cutting.next();
  while (!step.done) step = cutting.next();
  const { faces, parents, winners } = step.value;
  run.exactDecisions += settler.decisions;
  const { signs } = cutter;
  const { place, part } = mesh;
  const add = (e: number): void => {
    const [v, w] = [mesh.origin[2 * e]!, mesh.origin[2 * e + 1]!];
    if (mesh.shared[e]! < 0) {
      boundary.add(place[2 * v]!, place[2 * v + 1]!, place[2 * w]!, place[2 * w + 1]!);
      return;
    }
    const [a, b] = [mesh.edgeBase[2 * e]!, mesh.edgeBase[2 * e + 1]!];
    const half = halfBetween.get(edgeKey(a, b))!;
    const isTurned = ((half & 1) === 1) === a < b;
    const partOf = (u: number): number => {
      const along = u >= given ? part[u]! : u === a ? 0 : 1;
      return isTurned ? 1 - along : along;
    };
    boundary.addAlong(half >> 1, partOf(v), partOf(w));
  };
  const rule = decision.cuts.rules[0]!;
  const seen = new Set<number>();
  faces.forEach((face, i) => {
    const halves = mesh.halvesOf(face);
    cutter.enter(parents[i]!);
    // Outputs that are the winner's function all over the face count with it as one.
    const rivals = rivalCuts(rule, winners[i]!).filter((cut) => halves.some((half) => signs.sign(mesh.origin[half]!, cut) !== 0));
    for (const half of halves) {
      const e = half >> 1;
      const ends = [mesh.origin[half]!, mesh.origin[half ^ 1]!];
      if (seen.has(e) || !rivals.some((cut) => ends.every((v) => signs.sign(v, cut) === 0))) continue;
      seen.add(e);
      add(e);
    }
  });
  lines.forget(mark);
}

/** By vertices (a, b) of a shared edge, the lower one first: the half-edge of the complex from a to b. */
function sharedHalves(mesh: Mesh, halfOf: Int32Array): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let e = 0; e < mesh.edges; e++) {
    if (mesh.shared[e]! < 0) continue;
    const [a, b] = [mesh.origin[2 * e]!, mesh.origin[2 * e + 1]!];
    found.set(edgeKey(a, b), a < b ? halfOf[e]! : halfOf[e]! ^ 1);
  }
  return found;
}

/** The faces on which floats alone do not tell that one output is above all others at every corner (of one output, its sign). */
function undecided(mesh: Mesh, { rows, size, errors }: BoundedRows, steepest: number): number[] {
  const winners = new Int32Array(mesh.vertices);
  for (let v = 0; v < mesh.vertices; v++) {
    let best = -Infinity;
    let second = size === 1 ? 0 : -Infinity;
    let winner = 0;
    for (let k = 0; k < size; k++) {
      const value = rows[v * size + k]!;
      if (value > best) {
        if (size > 1) second = best;
        best = value;
        winner = k;
      } else if (value > second) second = value;
    }
    const doubt = 2 * (errors[v]! + steepest * mesh.off[v]!) + 8 * ROUNDOFF * (Math.abs(best) + Math.abs(second));
    const apart = best - second;
    winners[v] = apart > doubt ? winner : size === 1 && -apart > doubt ? 1 : -1;
  }
  const found: number[] = [];
  for (let f = 0; f < mesh.faces; f++) {
    const first = mesh.faceHalf[f]!;
    const winner = winners[mesh.origin[first]!]!;
    let h = mesh.next[first]!;
    while (h !== first && winners[mesh.origin[h]!] === winner) h = mesh.next[h]!;
    if (winner < 0 || h !== first) found.push(f);
  }
  return found;
}

/** The cuts between the winner and each other output; of one output, where it is 0. */
function rivalCuts(rule: Cuts["rules"][number], winner: number): readonly number[] {
  if (rule.type === "line") return rule.cuts.map(({ cut }) => cut);
  return rule.pieces.flatMap((_, other) => {
    const pair = rule.pairs[Math.min(winner, other)]?.[Math.max(winner, other)];
    return other === winner || pair === undefined ? [] : [pair.cut];
  });
}
