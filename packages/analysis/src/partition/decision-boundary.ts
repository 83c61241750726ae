import { type Quantizer, ROUNDOFF } from "@maso/core";
import { MeshCutter } from "./cut-mesh";
import { type Cuts, cutsOf } from "./cuts";
import type { GivenInputs } from "./given-inputs";
import type { Mesh } from "./mesh";
import type { FinalBlock, PartitionRun } from "./partition-blocks";
import { ExactSettler } from "./settle";

/** The stage that would cut regions along the decision boundary. */
export interface Decision {
  readonly node: number;
  readonly cuts: Cuts;
}

export function decisionOf(node: number, quantizer: Quantizer): Decision {
  return { node, cuts: cutsOf(quantizer, null) };
}

/** The decision boundary of all blocks: what lies along an edge that several blocks have is kept once. */
export class DecisionBoundary {
  private readonly own: number[] = [];
  /** By shared edge: its ends, and which parts of it are in the boundary. */
  private readonly shared = new Map<
    string,
    { readonly ends: readonly [number, number, number, number]; readonly parts: [number, number][] }
  >();

  add(s0: number, t0: number, s1: number, t1: number): void {
    this.own.push(s0, t0, s1, t1);
  }

  addShared(key: string, ends: readonly [number, number, number, number], from: number, to: number): void {
    const known = this.shared.get(key) ?? { ends, parts: [] };
    known.parts.push([Math.min(from, to), Math.max(from, to)]);
    this.shared.set(key, known);
  }

  /** Segments (s0, t0, s1, t1). */
  segments(): Float64Array {
    const found = [...this.own];
    for (const { ends, parts } of this.shared.values()) {
      const [s0, t0, s1, t1] = ends;
      const at = (part: number): [number, number] => [s0 + part * (s1 - s0), t0 + part * (t1 - t0)];
      let reached = 0;
      for (const [from, to] of parts.sort(([x], [y]) => x - y)) {
        if (to <= reached) continue;
        found.push(...at(Math.max(from, reached)), ...at(to));
        reached = to;
      }
    }
    return Float64Array.from(found);
  }
}

export function lengthOf(segments: Float64Array): number {
  let length = 0;
  for (let i = 0; i < segments.length; i += 4) length += Math.hypot(segments[i + 2]! - segments[i]!, segments[i + 3]! - segments[i + 1]!);
  return length;
}

/** Adds the decision boundary within a block. Where outputs tie all over a face that face adds nothing. The block's mesh is cut up. */
export function addDecisionBoundary(boundary: DecisionBoundary, run: PartitionRun, block: FinalBlock, decision: Decision): void {
  const { mesh, outputs, lines, level, levelFace } = block;
  const mark = lines.mark();
  const settler = new ExactSettler(decision, mesh, lines, run.exact, level, levelFace);
  const steepest = run.stages.list.at(-1)!.growth * run.steepness;
  const given = mesh.vertices;
  const cutter = new MeshCutter({
    mesh,
    cuts: decision.cuts,
    inputs: outputs,
    settler,
    steepest,
    mostOff: run.mostOff,
  });
  const cutting = cutter.run(undecided(mesh, outputs, steepest));
  let step = cutting.next();
  while (!step.done) step = cutting.next();
  const { faces, winners } = step.value;
  run.exactDecisions += settler.decisions;
  const { signs } = cutter;
  const { place, part } = mesh;
  const partOf = (v: number, from: number): number => (v >= given ? part[v]! : v === from ? 0 : 1);
  const add = (e: number): void => {
    const [v, w] = [mesh.origin[2 * e]!, mesh.origin[2 * e + 1]!];
    if (mesh.shared[e]! < 0) {
      boundary.add(place[2 * v]!, place[2 * v + 1]!, place[2 * w]!, place[2 * w + 1]!);
      return;
    }
    const base = [mesh.edgeBase[2 * e]!, mesh.edgeBase[2 * e + 1]!] as const;
    const isTurned = block.names[base[0]]! > block.names[base[1]]!;
    const [a, b] = isTurned ? [base[1], base[0]] : base;
    const turned = (at: number): number => (isTurned ? 1 - at : at);
    const ends = [place[2 * a]!, place[2 * a + 1]!, place[2 * b]!, place[2 * b + 1]!] as const;
    boundary.addShared(`${block.names[a]}/${block.names[b]}`, ends, turned(partOf(v, base[0])), turned(partOf(w, base[0])));
  };
  const rule = decision.cuts.rules[0]!;
  const seen = new Set<number>();
  faces.forEach((face, i) => {
    const halves = mesh.halvesOf(face);
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

/** The faces on which floats alone do not tell that one output is above all others at every corner (of one output, its sign). */
function undecided(mesh: Mesh, { rows, size, errors }: GivenInputs, steepest: number): number[] {
  const winners = new Int32Array(mesh.vertices);
  for (let v = 0; v < mesh.vertices; v++) {
    let [best, second, winner] = [-Infinity, size === 1 ? 0 : -Infinity, 0];
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
