import { MasoError, type Network, type NetworkNode, network, type Operator, sizeOf, sourceShape, withBeta } from "@maso/core";
import { isRefusal } from "../define-plugin";
import type { Registry } from "../registry";
import { closedShape, type Draft, type DraftNode, neededBy } from "./draft";

/** What is wrong with one node, on the shapes that it reads. */
export class NodeError extends MasoError {
  constructor(
    /** Index into the draft's nodes. */
    readonly node: number,
    /** Of code "refused": the reason alone. */
    readonly reason: string,
    { code, message, at }: Pick<MasoError, "code" | "message" | "at">,
    cause?: unknown,
  ) {
    super(code, message, { at, cause });
  }
}

/** Operators for the nodes that a source depends on. Throws NodeError with whatever the plugins throw; no input may be open. */
export function buildDraft(draft: Draft, source: number, layers: Pick<Registry, "operator">): Network {
  const inputs = draft.inputs.map(({ shape }) => closedShape(shape)!);
  const needed = neededBy(draft, source);
  const nodes: NetworkNode[] = [];
  const placed = new Map<number, number>(inputs.map((_, i) => [i, i]));
  draft.nodes.forEach((node, index) => {
    if (!needed.has(index)) return;
    const from = node.from.map((at) => placed.get(at)!);
    const shapes = from.map((at) => sourceShape({ inputs, nodes }, at));
    const reason = isRefusal(node.content) ? null : node.content.refusesOn?.(shapes);
    if (reason) throw new NodeError(index, reason, new MasoError("refused", `${node.where}: ${node.op}: ${reason}`));
    placed.set(inputs.length + index, inputs.length + nodes.length);
    nodes.push({ id: node.id, op: ofNode(index, () => operatorOf(node, shapes, layers)), from });
  });
  return network({ inputs, inputNames: draft.inputs.map(({ name }) => name), nodes, output: placed.get(source)! });
}

function ofNode(index: number, build: () => Operator): Operator {
  try {
    return build();
  } catch (error) {
    throw error instanceof MasoError ? new NodeError(index, error.message, error, error) : error;
  }
}

function operatorOf(
  { content, built, beta, where, op: name }: DraftNode,
  inputs: Parameters<Registry["operator"]>[2],
  layers: Pick<Registry, "operator">,
): Operator {
  if (built) return built;
  if (isRefusal(content)) throw new MasoError("refused", `${where}: ${name}: ${content.reason}`);
  const op = layers.operator(content.kind, content.params, inputs, where);
  if (beta === undefined) return op;
  if (op.type === "affine") throw new MasoError("params", `${where}.beta: ${content.kind} is an affine layer; only quantizers have a beta`);
  if (typeof beta === "object" && sizeOf(op.output) % beta.length !== 0)
    throw new MasoError(
      "params",
      `${where}.beta: expected a number or one per table row (a divisor of ${sizeOf(op.output)}), got ${beta.length}`,
    );
  return withBeta(op, beta);
}
