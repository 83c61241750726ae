import { elementwise, type Network, network, outputShape, quantizer, sizeOf } from "@maso/core";
import { freeId } from "./free-id";

/** More outputs than this are no classes: a picture's pixels, say. */
const MOST_CLASSES = 128;

/** The network with one more quantizer that reads its output, but is not on the way to it: its facets are the decision boundary. null: too many outputs. */
export function withDecision(original: Network): { readonly network: Network; readonly node: number } | null {
  const shape = outputShape(original);
  const classes = sizeOf(shape);
  if (classes > MOST_CLASSES) return null;
  const body =
    classes === 1
      ? elementwise(shape, { slopes: [0, 1] })
      : quantizer({
          inputs: [shape],
          output: [1],
          reads: { type: "indices", arity: classes, table: Int32Array.from({ length: classes }, (_, i) => i) },
          pieces: "values",
        });
  const node = {
    id: freeId(new Set(original.nodes.map(({ id }) => id)), "decision"),
    op: { ...body, kind: "decision", params: null },
    from: [original.output],
  };
  return { network: network({ ...original, nodes: [...original.nodes, node] }), node: original.nodes.length };
}
