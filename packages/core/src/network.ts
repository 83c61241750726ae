import { MasoError } from "./maso-error";
import type { Operator } from "./operator";
import { checkShape, formatShape, type Shape, sameShape, totalSize } from "./shape";

/** What stood at the end of a model and was cut off: the network's outputs are its logits. */
export type Head = "softmax" | "sigmoid" | "tanh";

export interface NetworkNode {
  readonly id: string;
  readonly op: Operator;
  /** Sources: the inputs (0 ... inputs.length − 1), then the nodes in order. A node reads only what stands before it. */
  readonly from: readonly number[];
}

/** A directed acyclic graph of operators. A point x is all inputs, in order, as one vector. */
export interface Network {
  readonly inputs: readonly Shape[];
  readonly inputNames: readonly string[];
  readonly nodes: readonly NetworkNode[];
  /** The source that is the output. */
  readonly output: number;
  /** One per output of the model where an array: the outputs lie flattened, end to end, in the output node. */
  readonly head?: Head | readonly (Head | null)[];
}

export interface NetworkParts extends Omit<Network, "inputNames"> {
  readonly inputNames?: readonly string[];
}

/** A checked, frozen network. Throws "graph" or "shape", naming the node. */
export function network({ inputs, inputNames, nodes, output, head }: NetworkParts): Network {
  const names = inputNames ?? inputs.map((_, i) => (inputs.length === 1 ? "input" : `input${i}`));
  const ids = new Set<string>();
  inputs.forEach((shape, i) => checkShape(`input ${names[i]}`, shape));
  nodes.forEach((node, n) => {
    if (ids.has(node.id)) throw new MasoError("graph", `node ${node.id}: the id is used twice; ids need to be unique`);
    ids.add(node.id);
    checkSources(inputs, nodes, n);
  });
  if (!isSource(output, inputs.length + nodes.length))
    throw new MasoError("graph", `network: output ${output} needs to be one of ${inputs.length + nodes.length} sources`);
  return Object.freeze({ inputs, inputNames: names, nodes, output, ...(head === undefined ? {} : { head }) });
}

function checkSources(inputs: readonly Shape[], nodes: readonly NetworkNode[], n: number): void {
  const { id, op, from } = nodes[n]!;
  if (from.length !== op.inputs.length)
    throw new MasoError("graph", `node ${id}: ${op.kind} takes ${op.inputs.length} inputs, but reads ${from.length} sources`);
  from.forEach((source, i) => {
    if (!isSource(source, inputs.length + n))
      throw new MasoError("graph", `node ${id}: source ${source} needs to be an input or an earlier node (below ${inputs.length + n})`);
    const given = source < inputs.length ? inputs[source]! : nodes[source - inputs.length]!.op.output;
    if (!sameShape(given, op.inputs[i]!))
      throw new MasoError(
        "shape",
        `node ${id}: ${op.kind} needs ${formatShape(op.inputs[i]!)} as input ${i}, but its source gives ${formatShape(given)}`,
      );
  });
}

function isSource(source: number, below: number): boolean {
  return Number.isInteger(source) && source >= 0 && source < below;
}

/** The shape of an input or of a node's output. */
export function sourceShape({ inputs, nodes }: Pick<Network, "inputs" | "nodes">, source: number): Shape {
  return source < inputs.length ? inputs[source]! : nodes[source - inputs.length]!.op.output;
}

export function outputShape(network: Network): Shape {
  return sourceShape(network, network.output);
}

/** The number of values of a point x. */
export function inputSize({ inputs }: Pick<Network, "inputs">): number {
  return totalSize(inputs);
}
