import type { Compute } from "@maso/core";
import { mapOfCode, type Network, network, sizeOf, sourceShape } from "@maso/core";

/**
 * A network as its front, the affine operators that no quantizer stands before, and what comes after. The front is the same map
 * everywhere, so that a mean of gradients needs its adjoint only once.
 */
export interface AffineFront {
  /** What comes after, with the values that it reads of the front as its inputs. */
  readonly tail: Network;
  /** By node of the network: its place in the tail; −1 for nodes of the front. */
  readonly places: readonly number[];
  /** From gradients in the tail's inputs, [rows, tail inputs], to those in the network's, [rows, inputs]. */
  adjoint(gradients: Float64Array, compute: Compute): Float64Array;
}

export function affineFront(whole: Network): AffineFront {
  const { inputs, nodes, output } = whole;
  const isFront = frontSources(whole);
  const rest = nodes.filter((_, n) => !isFront[inputs.length + n]);
  const border = [...new Set([...rest.flatMap(({ from }) => from), output])].filter((source) => isFront[source]!);
  const places = new Map(border.map((source, i) => [source, i]));
  nodes.forEach((_, n) => {
    if (!isFront[inputs.length + n]) places.set(inputs.length + n, places.size);
  });
  const tail = network({
    inputs: border.map((source) => sourceShape(whole, source)),
    nodes: rest.map((node) => ({ ...node, from: node.from.map((source) => places.get(source)!) })),
    output: places.get(output)!,
  });
  return {
    tail,
    places: nodes.map((_, n) => (isFront[inputs.length + n] ? -1 : places.get(inputs.length + n)! - border.length)),
    adjoint: (gradients, compute) => borderAdjoint(whole, border, gradients, compute),
  };
}

/** By source: whether no quantizer stands before it, so that it is an affine function of the input. */
export function frontSources({ inputs, nodes }: Network): readonly boolean[] {
  const isFront: boolean[] = inputs.map(() => true);
  for (const { op, from } of nodes) isFront.push(op.type === "affine" && from.every((source) => isFront[source]!));
  return isFront;
}

function borderAdjoint(whole: Network, border: readonly number[], gradients: Float64Array, compute: Compute): Float64Array {
  const sizes = border.map((source) => sizeOf(sourceShape(whole, source)));
  const width = sizes.reduce((total, size) => total + size, 0);
  const rows = gradients.length / width;
  let offset = 0;
  let result: Float64Array | null = null;
  border.forEach((source, b) => {
    const own = new Float64Array(rows * sizes[b]!);
    for (let row = 0; row < rows; row++)
      own.set(gradients.subarray(row * width + offset, row * width + offset + sizes[b]!), row * sizes[b]!);
    offset += sizes[b]!;
    const part = mapOfCode({ ...whole, output: source }, 1, [], { compute }).adjoint(own);
    result = result === null ? part : result.map((value, i) => value + part[i]!);
  });
  return result ?? new Float64Array(0);
}
