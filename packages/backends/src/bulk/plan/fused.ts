import { fuseAffine } from "./fuse-affine";
import type { Plan, PlanNode } from "./plan";

/** The plan with affine operators made one where nobody else reads what stands between them. */
export function fused({ inputs, nodes, output }: Plan): Plan {
  const readers = new Array<number>(inputs.length + nodes.length).fill(0);
  for (const { from } of nodes) for (const source of from) readers[source]!++;
  readers[output]!++;

  const kept: PlanNode[] = [];
  /** By source of the old plan, that of the new one. */
  const renamed = inputs.map((_, i) => i);
  nodes.forEach(({ op, from }) => {
    const before = from.length === 1 ? kept[renamed[from[0]!]! - inputs.length] : undefined;
    const isLast = before !== undefined && before === kept.at(-1);
    const one = isLast && readers[from[0]!] === 1 && op.type === "affine" && before.op.type === "affine" ? fuseAffine(before.op, op) : null;
    if (one) kept[kept.length - 1] = { op: one, from: before!.from };
    else kept.push({ op, from: from.map((source) => renamed[source]!) });
    renamed.push(inputs.length + kept.length - 1);
  });
  return { inputs, nodes: kept, output: renamed[output]! };
}
