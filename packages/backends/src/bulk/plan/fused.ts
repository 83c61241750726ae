import { fuseAffine } from "./fuse-affine";
import { type Plan, type PlanNode, readersOf } from "./plan";

/** The plan with affine operators made one where nobody else reads what stands between them. */
export function fused(plan: Plan): Plan {
  const { inputs, nodes, output } = plan;
  const readers = readersOf(plan);
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
