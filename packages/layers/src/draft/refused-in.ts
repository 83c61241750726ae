import { isRefusal } from "../define-plugin";
import type { Refused } from "../file/reading";
import { type Draft, neededBy } from "./draft";

/** All refused nodes that a source depends on, each with the cuts before it, the largest analysable network first. */
export function refusedIn(draft: Draft, source: number): readonly Refused[] {
  const clean = cleanNodes(draft);
  return [...neededBy(draft, source)]
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const { id, op, content } = draft.nodes[index]!;
      return isRefusal(content) ? [{ node: id, op, reason: content.reason, cuts: cutsBefore(draft, index, clean) }] : [];
    });
}

/** Of the cuts of several refusals, the source that leaves the largest network; null where there is none. */
export function bestCut(draft: Draft, refused: readonly Refused[]): number | null {
  const cuts = new Set(refused.flatMap((each) => each.cuts));
  let best: number | null = null;
  let most = 0;
  draft.nodes.forEach(({ id }, index) => {
    const source = draft.inputs.length + index;
    const size = cuts.has(id) ? neededBy(draft, source).size : 0;
    if (size > most) [best, most] = [source, size];
  });
  return best;
}

/** The source that leaves the largest network among those that a node reads; null where it reads inputs only. */
export function bestBefore(draft: Draft, node: number): number | null {
  const sizes = draft.nodes[node]!.from.map((source) => neededBy(draft, source).size);
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  return most === 0 ? null : draft.nodes[node]!.from[sizes.indexOf(most)]!;
}

/** Whether each node depends on nothing refused. */
function cleanNodes({ inputs, nodes }: Draft): readonly boolean[] {
  const clean: boolean[] = [];
  for (const { content, from } of nodes)
    clean.push(!isRefusal(content) && from.every((source) => source < inputs.length || clean[source - inputs.length]));
  return clean;
}

/** The last clean nodes before a refused one. */
function cutsBefore(draft: Draft, refused: number, clean: readonly boolean[]): readonly string[] {
  const cuts: number[] = [];
  const seen = new Set<number>();
  const open = [refused];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const source of draft.nodes[at]!.from) {
      const index = source - draft.inputs.length;
      if (index < 0 || seen.has(index)) continue;
      seen.add(index);
      if (clean[index]) cuts.push(index);
      else open.push(index);
    }
  const sizes = new Map(cuts.map((index) => [index, neededBy(draft, draft.inputs.length + index).size]));
  return cuts.sort((a, b) => sizes.get(b)! - sizes.get(a)! || a - b).map((index) => draft.nodes[index]!.id);
}
