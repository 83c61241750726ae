import { type Network, network, type Random, random, type Shape, sizeOf } from "@maso/core";
import { builtins } from "@maso/layers";

type Layer = readonly [kind: string, params?: unknown];

/** Random networks in float32: weights normal with variance 2 / (what a unit reads), biases uniform in [−1, 1]. */
export const benchNetworks = {
  "2-64-64-64-10": () => perceptron(1, 2, 64, 64, 64, 10),
  "2-256-256-256-10": () => perceptron(1, 2, 256, 256, 256, 10),
  "2-512-512-512-512-1": () => perceptron(1, 2, 512, 512, 512, 512, 1),
  convolutional: () => convolutional(2),
  "max-pool": () => pooled(3),
} as const satisfies Readonly<Record<string, () => Network>>;

export type BenchNetwork = keyof typeof benchNetworks;

function perceptron(seed: number, ...widths: readonly number[]): Network {
  const source = random(seed);
  const layers = widths.slice(1).flatMap((units, l) => [dense(source, widths[l]!, units), relu]);
  return chain([widths[0]!], layers.slice(0, -1));
}

/** 14 × 14 images, two 3 × 3 convolutions with ReLU, the first with strides. */
function convolutional(seed: number): Network {
  const source = random(seed);
  const layers = [convolution(source, 1, 8, 2), relu, convolution(source, 8, 8), relu, flatten, dense(source, 7 * 7 * 8, 10)];
  return chain([14, 14, 1], layers);
}

/** 10 × 10 images, two 3 × 3 convolutions, each with ReLU and 2 × 2 max-pooling. */
function pooled(seed: number): Network {
  const source = random(seed);
  const layers = [
    convolution(source, 1, 4),
    relu,
    maxPool,
    convolution(source, 4, 4),
    relu,
    maxPool,
    flatten,
    dense(source, 2 * 2 * 4, 10),
  ];
  return chain([10, 10, 1], layers);
}

const relu: Layer = ["relu"];
const maxPool: Layer = ["max-pool2d", { poolSize: 2 }];
const flatten: Layer = ["flatten"];

const dense = (source: Random, reads: number, units: number): Layer => [
  "dense",
  { weight: weights(source, [units, reads], reads), bias: biases(source, units) },
];

const convolution = (source: Random, from: number, to: number, strides = 1): Layer => [
  "conv2d",
  { kernel: weights(source, [3, 3, from, to], 9 * from), bias: biases(source, to), padding: "same", strides },
];

function chain(input: Shape, layers: readonly Layer[]): Network {
  const nodes: Network["nodes"][number][] = [];
  let shape = input;
  for (const [kind, params = {}] of layers) {
    const op = builtins.operator(kind, params, [shape]);
    nodes.push({ id: `${nodes.length}-${kind}`, op, from: [nodes.length] });
    shape = op.output;
  }
  return network({ inputs: [input], nodes, output: nodes.length });
}

const weights = (source: Random, shape: readonly number[], reads: number): { shape: readonly number[]; data: Float64Array } => ({
  shape,
  data: Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(source.normal() * Math.sqrt(2 / reads))),
});

const biases = (source: Random, length: number): number[] => Array.from({ length }, () => Math.fround(2 * source.uniform() - 1));
