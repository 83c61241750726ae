import { type Network, network, type Random, random, type Shape, sizeOf } from "@maso/core";
import { builtins } from "@maso/layers";

type Layer = readonly [kind: string, params?: unknown];

/** Random networks in float32: weights normal with variance 2 / (what a unit reads), biases uniform in [−1, 1]. */
export const benchNetworks = {
  "2-64-64-64-10": () => dense(1, 2, 64, 64, 64, 10),
  "2-256-256-256-10": () => dense(1, 2, 256, 256, 256, 10),
  "2-512-512-512-512-1": () => dense(1, 2, 512, 512, 512, 512, 1),
  convolutional: () => convolutional(2, false),
  "max-pool": () => convolutional(3, true),
} as const satisfies Readonly<Record<string, () => Network>>;

export type BenchNetwork = keyof typeof benchNetworks;

function dense(seed: number, ...widths: readonly number[]): Network {
  const source = random(seed);
  const layers = widths.slice(1).flatMap((units, l): Layer[] => {
    const params = { weight: weights(source, [units, widths[l]!], widths[l]!), bias: biases(source, units) };
    return l < widths.length - 2 ? [["dense", params], ["relu"]] : [["dense", params]];
  });
  return chain([widths[0]!], layers);
}

/** Images of 14 × 14: two layers of 3 × 3 convolutions with ReLU, each with max-pooling or the first with strides instead. */
function convolutional(seed: number, pool: boolean): Network {
  const source = random(seed);
  const convolve = (from: number, to: number, strides: number): Layer => [
    "conv2d",
    { kernel: weights(source, [3, 3, from, to], 9 * from), bias: biases(source, to), padding: "same", strides },
  ];
  const pooled: readonly Layer[] = pool ? [["max-pool2d", { poolSize: 2 }]] : [];
  const last = 7 * 7 * 8;
  const end = pool ? 3 * 3 * 8 : last;
  return chain(
    [14, 14, 1],
    [
      convolve(1, 8, pool ? 1 : 2),
      ["relu"],
      ...pooled,
      convolve(8, 8, 1),
      ["relu"],
      ...pooled,
      ["flatten"],
      ["dense", { weight: weights(source, [10, end], end), bias: biases(source, 10) }],
    ],
  );
}

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
