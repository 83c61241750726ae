import { elementwise } from "@maso/core";
import { strictObject } from "valibot";
import { type Chain, definePlugin, reading } from "../define-plugin";
import type { TfjsNode } from "../tfjs-node";

/** SiLU, x / (1 + e^−x): ReLU's pieces at β = ½ ("From Hard to Soft", arXiv 1810.09274). Graphs spell it x · sigmoid(x). */
export const swish = definePlugin({
  kind: "swish",
  params: strictObject({}),
  build: (_, [shape]) => elementwise(shape!, { slopes: [0, 1], beta: 0.5 }),
  tfjs: { activations: { swish: () => ({}) }, patterns: { Mul: { anyLayout: gated } } },
});

function gated({ inputs }: TfjsNode): Chain | undefined {
  const root = inputs.find((value, i) => {
    const gate = inputs[1 - i]?.madeBy;
    return value.source !== null && gate?.kind === "sigmoid" && gate.inputs[0]!.source === value.source;
  });
  return root && reading([root], { kind: "swish", params: {} });
}
