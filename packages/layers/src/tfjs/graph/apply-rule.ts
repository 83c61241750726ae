import { MasoError, sameShape } from "@maso/core";
import { type Chain, chain, isChain, isOutputs, isRefusal, type Refusal, refuse } from "../../define-plugin";
import { unbatched } from "../../params/tfjs-operands";
import type { TfjsAttributes } from "../../tfjs-node";
import type { GraphBuilder, NodeName } from "./graph-builder";
import type { GraphNode } from "./graph-def";
import type { GraphData } from "./graph-value";
import type { KnownRule, OpRules } from "./op-rules";
import { type Known, type Presented, presentAsItLies, presentInOrder } from "./present-node";

export type Result = Pick<GraphData, "source" | "shape" | "layout" | "madeBy"> & { readonly lastKind: string | null };

/**
 * What a node gives by the registry's rules, its operators added to the network; a refusal; or null where no rule knows the op.
 * At least one input is no constant. Throws what rules and plugins throw.
 */
export function applyRule(
  name: NodeName,
  node: GraphNode,
  attributes: TfjsAttributes,
  inputs: readonly Known[],
  rules: OpRules,
  builder: GraphBuilder,
): readonly Result[] | Refusal | null {
  const own = rules.ops.get(node.op);
  for (const rule of [...(rules.patterns.get(node.op) ?? []), ...(own ? [own] : [])]) {
    const present = rule.anyLayout ? presentAsItLies : presentInOrder;
    const presented = present(node, name.where, attributes, inputs, builder);
    const read = readBy(rule, presented);
    if (read === undefined) continue;
    return isRefusal(read) ? read : read.map((chain, i) => addChain(name, chain, i, presented, builder));
  }
  return null;
}

function readBy({ kind, read }: KnownRule, { node }: Presented): readonly Chain[] | Refusal | undefined {
  const result = refusing(() => read(node));
  if (result === undefined || isRefusal(result)) return result;
  if (isOutputs(result)) return result.chains;
  return [isChain(result) ? result : chain({ kind, params: result })];
}

/** A rule may throw its refusal. */
function refusing<T>(action: () => T): T | Refusal {
  try {
    return action();
  } catch (error) {
    if (error instanceof MasoError && error.code === "refused") return refuse(error.message);
    throw error;
  }
}

function addChain(name: NodeName, { steps, reads, shape }: Chain, i: number, presented: Presented, builder: GraphBuilder): Result {
  const values = reads ?? presented.data;
  const named = i === 0 ? name : { ...name, id: `${name.id}:${i}` };
  let built = builder.append(named, steps, values);
  const batched = values.some((value) => value.shape[0] === 1);
  const whole = shape ?? (batched ? [1, ...built.shape] : built.shape);
  const canonical = unbatched(whole);
  if (!sameShape(built.shape, canonical)) {
    const value = { shape: whole, constant: null, source: built.source, madeBy: built.madeBy };
    built = builder.append({ ...named, id: `${named.id}/shape` }, [{ kind: "reshape", params: { shape: canonical } }], [value]);
  }
  return { source: built.source, madeBy: built.madeBy, lastKind: steps.at(-1)?.kind ?? null, ...presented.restore(whole) };
}
