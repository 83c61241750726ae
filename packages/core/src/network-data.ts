import { type Head, type Network, network, sourceShape } from "./network";
import type { Operator, Quantizer } from "./operator";
import type { Shape } from "./shape";
import { withBeta } from "./soften";

/** A network as structured-cloneable data, for files and workers; a registry makes operators of it again. */
export interface NetworkData {
  readonly inputs: readonly Shape[];
  readonly inputNames: readonly string[];
  readonly nodes: readonly NodeData[];
  readonly output: number;
  readonly head?: Head | readonly (Head | null)[];
}

export interface NodeData {
  readonly id: string;
  readonly kind: string;
  readonly params: unknown;
  readonly from: readonly number[];
  /** Of a quantizer. */
  readonly beta?: Quantizer["beta"];
}

/** Makes an operator of its kind and parameters; a registry's `build`. */
export type BuildOperator = (kind: string, params: unknown, inputs: readonly Shape[]) => Operator;

export function toData({ nodes, ...rest }: Network): NetworkData {
  return {
    ...rest,
    nodes: nodes.map(({ id, op, from }) => ({
      id,
      kind: op.kind,
      params: op.params,
      from,
      ...(op.type === "quantizer" ? { beta: op.beta } : {}),
    })),
  };
}

export function fromData(data: NetworkData, build: BuildOperator): Network {
  const nodes: Network["nodes"][number][] = [];
  for (const { id, kind, params, from, beta } of data.nodes) {
    const inputs = from.map((source) => sourceShape({ inputs: data.inputs, nodes }, source));
    const op = build(kind, params, inputs);
    nodes.push({ id, op: op.type === "quantizer" && beta !== undefined ? withBeta(op, beta) : op, from });
  }
  return network({ ...data, nodes });
}
