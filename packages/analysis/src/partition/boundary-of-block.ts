import { type CutFaces, MeshCutter } from "./cut-mesh";
import type { Cuts } from "./cuts";
import type { BoundarySegments, Decision } from "./decision-boundary";
import { GivenEdges } from "./given-edges";
import type { Mesh } from "./mesh";
import type { FinalBlock } from "./partition-blocks";
import type { PartitionRun } from "./partition-run";
import { ExactSettler } from "./settle";
import { undecidedFaces } from "./undecided-faces";
import type { VertexSigns } from "./vertex-signs";

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
  const steepest = run.stages.list.at(-1)!.growth * run.steepness;
  const open = undecidedFaces(mesh, outputs, steepest, run.scratch);
  if (open.length === 0) return;
  const mark = lines.mark();
  const settler = new ExactSettler(decision, mesh, lines, level, levelFace);
  const given = new GivenEdges(mesh, halfOf);
  const cutter = new MeshCutter({
    mesh,
    cuts: decision.cuts,
    inputs: outputs,
    settler,
    steepest,
    mostOff: run.mostOff,
    kernels: run.rows,
    unused: undefined,
    faceBits: undefined,
  });
  const cutting = cutter.run(open);
  let step = cutting.next();
  while (!step.done) step = cutting.next();
  run.exactDecisions += settler.decisions;
  addBetween(boundary, run, mesh, cutter, step.value, decision, given);
  lines.forget(mark);
}

/** Adds the edges of a mesh that is cut along the boundary on which the output that wins beside them ties with another one. */
function addBetween(
  boundary: BoundarySegments,
  { scratch }: PartitionRun,
  mesh: Mesh,
  cutter: MeshCutter,
  { faces, parents, winners }: CutFaces,
  { cuts }: Decision,
  given: GivenEdges,
): void {
  const { signs } = cutter;
  const { faceHalf, origin, next } = mesh;
  const seen = scratch.byte("boundary edges", mesh.edges).fill(0, 0, mesh.edges);
  const rivals = scratch.whole("rivals", cuts.count);
  const apart = scratch.whole("rivals apart", cuts.count);
  let winner = -1;
  let count = 0;
  for (let i = 0; i < faces.length; i++) {
    const own = winners.length === 0 ? 0 : winners[i]!;
    if (own !== winner) {
      winner = own;
      count = writeRivals(cuts.rules[0]!, winner, rivals);
    }
    cutter.enter(parents[i]!);
    const first = faceHalf[faces[i]!]!;
    // Outputs that are the winner's function all over the face count with it as one.
    const countApart = writeApart(first, next, origin, signs, rivals, count, apart);
    let h = first;
    do {
      const e = h >> 1;
      if (seen[e] === 0 && isZeroAlong(origin[h]!, origin[h ^ 1]!, signs, apart, countApart)) {
        seen[e] = 1;
        given.addEdge(boundary, e);
      }
      h = next[h]!;
    } while (h !== first);
  }
}

/** Writes the cuts between the winner and each other output; of one output, where it is 0. Gives how many there are. */
function writeRivals(rule: Cuts["rules"][number], winner: number, rivals: Int32Array): number {
  let count = 0;
  if (rule.type === "line") for (const { cut } of rule.cuts) rivals[count++] = cut;
  else
    for (let other = 0; other < rule.pieces.length; other++) {
      const pair = rule.pairs[Math.min(winner, other)]?.[Math.max(winner, other)];
      if (other !== winner && pair !== undefined) rivals[count++] = pair.cut;
    }
  return count;
}

/** Writes the cuts that are not 0 at all corners of a face. Gives how many there are. */
function writeApart(
  first: number,
  next: Int32Array,
  origin: Int32Array,
  signs: VertexSigns,
  cuts: Int32Array,
  count: number,
  apart: Int32Array,
): number {
  let found = 0;
  for (let i = 0; i < count; i++) {
    const cut = cuts[i]!;
    let isApart = signs.sign(origin[first]!, cut) !== 0;
    for (let h = next[first]!; h !== first && !isApart; h = next[h]!) isApart = signs.sign(origin[h]!, cut) !== 0;
    if (isApart) apart[found++] = cut;
  }
  return found;
}

/** Whether one of some cuts is 0 at two vertices. */
function isZeroAlong(v: number, w: number, signs: VertexSigns, cuts: Int32Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (signs.sign(v, cuts[i]!) === 0 && signs.sign(w, cuts[i]!) === 0) return true;
  return false;
}
