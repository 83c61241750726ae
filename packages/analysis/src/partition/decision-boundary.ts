import type { Quantizer } from "@maso/core";
import { MeshCutter } from "./cut-mesh";
import { type Cuts, cutsOf } from "./cuts";
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

/**
 * The decision boundary within a block, as segments (s0, t0, s1, t1) with the share that is this block's: a segment along an edge that
 * another block has too is half of each. Where outputs tie all over a face that face adds nothing. The block's mesh is cut up.
 */
export function decisionBoundary(
  run: PartitionRun,
  block: FinalBlock,
  decision: Decision,
): { readonly segments: number[]; readonly shares: number[] } {
  const { mesh, outputs, lines, level, levelFace } = block;
  const settler = new ExactSettler(run.stages, decision, mesh, lines, run.exact, level, levelFace);
  const mark = lines.count;
  const edges = mesh.edges;
  const cutter = new MeshCutter(mesh, decision.cuts, outputs, settler, run.stages.list.at(-1)!.growth * run.steepness, run.mostOff);
  const cutting = cutter.run(block.cycles);
  let step = cutting.next();
  while (!step.done) step = cutting.next();
  const { cycles, winners } = step.value;
  run.exactDecisions += settler.decisions;
  const segments: number[] = [];
  const shares: number[] = [];
  const add = (e: number, share: number): void => {
    for (const v of [mesh.ends[2 * e]!, mesh.ends[2 * e + 1]!]) segments.push(mesh.place[2 * v]!, mesh.place[2 * v + 1]!);
    shares.push(share);
  };
  const rule = decision.cuts.rules[0]!;
  const tied = (v: number, face: number): boolean => {
    if (rule.type === "line") return rule.cuts.length > 0 && cutter.sign(v, rule.cuts[0]!.cut) === 0;
    const winner = winners[face]!;
    return rule.pieces.some((_, other) => {
      if (other === winner) return false;
      return cutter.sign(v, rule.pairs[Math.min(winner, other)]![Math.max(winner, other)]!.cut) === 0;
    });
  };
  const seen = new Set<number>();
  cycles.forEach((cycle, face) => {
    const open = cycle.filter((half) => !tied(mesh.origin(half), face));
    if (open.length === 0) return;
    for (const half of cycle) {
      const e = half >> 1;
      if (
        !tied(mesh.origin(half), face) ||
        !tied(mesh.origin(half ^ 1), face) ||
        !sameTie(cutter, rule, winners[face]!, mesh.origin(half), mesh.origin(half ^ 1))
      )
        continue;
      if (seen.has(e)) continue;
      seen.add(e);
      add(e, e < edges && mesh.shared[e]! >= 0 ? 0.5 : 1);
    }
  });
  lines.truncate(mark);
  return { segments, shares };
}

/** One other output ties with the winner at both ends. */
function sameTie(cutter: MeshCutter, rule: Cuts["rules"][number], winner: number, a: number, b: number): boolean {
  if (rule.type === "line") return true;
  return rule.pieces.some((_, other) => {
    if (other === winner) return false;
    const { cut } = rule.pairs[Math.min(winner, other)]![Math.max(winner, other)]!;
    return cutter.sign(a, cut) === 0 && cutter.sign(b, cut) === 0;
  });
}
