import { forward } from "@maso/core";
import { isRefusal } from "../../define-plugin";
import { buildDraft } from "../../draft/build-draft";
import type { Tensor } from "../../params/tensor";
import { unbatched } from "../../params/tfjs-operands";
import type { Registry } from "../../registry";
import type { TfjsAttributes } from "../../tfjs-node";
import { applyRule } from "./apply-rule";
import { foldedOperands } from "./constant-ops";
import { GraphBuilder, type NodeName } from "./graph-builder";
import type { GraphNode } from "./graph-def";
import { type GraphConstant, type GraphData, straight } from "./graph-value";
import type { OpRules } from "./op-rules";

/** What a node gives on constants, by running the layers that it would be on data; null where no rule knows the op. */
export function runOnConstants(
  name: NodeName,
  node: GraphNode,
  attributes: TfjsAttributes,
  inputs: readonly GraphConstant[],
  rules: OpRules,
  layers: Pick<Registry, "operator">,
): readonly Tensor[] | null {
  const operands = foldedOperands(node.op, inputs.length).filter((i) => inputs[i]?.tensor);
  if (operands.length === 0) return null;
  const shapes = operands.map((i) => unbatched(inputs[i]!.shape));
  const builder = new GraphBuilder(shapes, layers);
  const known = inputs.map((value, i) => (operands.includes(i) ? asData(value, operands.indexOf(i)) : value));
  const results = applyRule(name, node, attributes, known, rules, builder);
  if (results === null || isRefusal(results)) return null;
  const x = Float64Array.from(operands.flatMap((i) => [...inputs[i]!.tensor!.data]));
  const draftInputs = shapes.map((shape, i) => ({ name: String(i), shape }));
  return results.map(({ source, shape, layout, madeBy }) => {
    const ordered = builder.inOrder({ ...asData({ shape }, source), layout, madeBy });
    return { shape, data: forward(buildDraft({ inputs: draftInputs, nodes: builder.nodes }, ordered, layers), x) };
  });
}

function asData({ shape }: Pick<GraphConstant, "shape">, source: number): GraphData {
  return { type: "data", source, shape, layout: straight(shape.length), madeBy: null, via: null, head: null, tentative: false };
}
