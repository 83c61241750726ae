import { type Network, network, random, type Shape, sizeOf } from "@maso/core";
import { builtins } from "@maso/layers";

/** Layers that follow one another, by kind and parameters. */
export function chainOf(input: Shape, ...layers: readonly (readonly [kind: string, params?: unknown])[]): Network {
  const nodes: Network["nodes"][number][] = [];
  let shape = input;
  for (const [kind, params = {}] of layers) {
    const op = builtins.operator(kind, params, [shape]);
    nodes.push({ id: `${nodes.length}-${kind}`, op, from: [nodes.length] });
    shape = op.output;
  }
  return network({ inputs: [input], nodes, output: nodes.length });
}

export function weights(seed: number, ...shape: number[]): { readonly shape: number[]; readonly data: Float64Array } {
  const { normal } = random(seed);
  return { shape, data: Float64Array.from({ length: sizeOf(shape) }, normal) };
}

export const convolutional = chainOf(
  [8, 8, 2],
  ["conv2d", { kernel: weights(1, 3, 3, 2, 4), bias: weights(2, 4) }],
  ["relu"],
  ["max-pool2d", { poolSize: 2 }],
  ["flatten"],
  ["dense", { weight: weights(3, 5, 36), bias: weights(4, 5) }],
);
