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
  const settler = new ExactSettler(decision, mesh, lines, run.exact, level, levelFace);
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
  const seen = new Set<number>();
  cycles.forEach((cycle, face) => {
    // Outputs that are the winner's function all over the face count with it as one.
    const rivals = rivalCuts(rule, winners[face]!).filter((cut) => cycle.some((half) => cutter.sign(mesh.origin(half), cut) !== 0));
    for (const half of cycle) {
      const e = half >> 1;
      const ends = [mesh.origin(half), mesh.origin(half ^ 1)];
      if (seen.has(e) || !rivals.some((cut) => ends.every((v) => cutter.sign(v, cut) === 0))) continue;
      seen.add(e);
      add(e, e < edges && mesh.shared[e]! >= 0 ? 0.5 : 1);
    }
  });
  lines.truncate(mark);
  return { segments, shares };
}

/** The cuts between the winner and each other output; of one output, where it is 0. */
function rivalCuts(rule: Cuts["rules"][number], winner: number): readonly number[] {
  if (rule.type === "line") return rule.cuts.map(({ cut }) => cut);
  return rule.pieces.flatMap((_, other) => {
    const pair = rule.pairs[Math.min(winner, other)]?.[Math.max(winner, other)];
    return other === winner || pair === undefined ? [] : [pair.cut];
  });
}
