import { type QuantizerBody, quantizer, type Shape, sameShape, sizeOf } from "@maso/core";
import { type Chain, chain, shaped } from "../define-plugin";
import type { TfjsNode } from "../tfjs-node";
import { boundLike } from "./constant-like";
import { broadcastShape, broadcastValues, dataOf } from "./tfjs-operands";

/** The largest ("pieces") or the smallest ("-pieces") of the values that branches have at each place; smaller shapes repeat. */
export function extremeOfBranches(inputs: readonly Shape[], selectors: "pieces" | "-pieces"): QuantizerBody {
  const output = inputs.reduce(broadcastShape);
  if (inputs.every((shape) => sameShape(shape, output)))
    return quantizer({ inputs, output, reads: { type: "elementwise" }, pieces: "values", selectors });
  let start = 0;
  const places = inputs.map((shape) => {
    const own = Float64Array.from({ length: sizeOf(shape) }, (_, j) => start + j);
    start += own.length;
    return broadcastValues({ shape, data: own }, output);
  });
  const arity = inputs.length;
  const table = new Int32Array(sizeOf(output) * arity);
  for (let k = 0, at = 0; at < table.length; k++) for (const place of places) table[at++] = place[k % place.length]!;
  return quantizer({ inputs, output, reads: { type: "indices", arity, table }, pieces: "values", selectors });
}

/** A graph's maximum or minimum of two operands: a bound where one is constant (ReLU where that is 0 from below), else branches. */
export function extremeNode(node: TfjsNode, kind: "maximum" | "minimum"): Chain {
  const [values, other] = dataOf(node);
  if (other) return shaped(broadcastShape(values!.shape, other.shape), { kind, params: {} });
  const bound = boundLike(
    values!,
    node,
    node.inputs.findIndex(({ constant }) => constant !== null),
    "bound",
  );
  if (kind === "minimum") return chain({ kind: "clip", params: { max: bound } });
  return chain(bound === 0 ? { kind: "relu", params: {} } : { kind: "clip", params: { min: bound } });
}
