import { type Network, type NetworkNode, network, type Shape, sourceShape } from "@maso/core";
import { builtins } from "@maso/layers";

/** A network while it grows; values are named by their source. */
export interface Draft {
  /** Appends a layer of the registry and returns its source. */
  add(kind: string, params: unknown, ...from: readonly number[]): number;
  shape(source: number): Shape;
  /** The network that ends in a source. */
  network(output: number): Network;
}

export function draftOf(inputs: readonly Shape[]): Draft {
  const nodes: NetworkNode[] = [];
  const shape = (source: number): Shape => sourceShape({ inputs, nodes }, source);
  return {
    add(kind, params, ...from) {
      const op = builtins.operator(kind, params, from.map(shape));
      nodes.push({ id: `${nodes.length}-${kind}`, op, from });
      return inputs.length + nodes.length - 1;
    },
    shape,
    network: (output) => network({ inputs, nodes, output }),
  };
}
