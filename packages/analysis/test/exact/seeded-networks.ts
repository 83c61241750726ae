import { type Network, network, type Random, random, type Shape, sizeOf } from "@maso/core";
import { builtins } from "@maso/layers";
import type { Slice } from "../../src/partition/slice";

/** How parameters are drawn: generic, small whole numbers (full of ties), or of all sizes that float64 has. */
export type Numbers = "generic" | "whole" | "extreme";

export interface Case {
  readonly name: string;
  readonly network: Network;
  readonly slice: Slice;
}

type Layer = readonly [kind: string, params: (draw: (...shape: number[]) => object) => unknown, from?: readonly number[]];

const dense = (out: number, into: number, from?: readonly number[]): Layer => [
  "dense",
  (draw) => ({ weight: draw(out, into), bias: draw(out) }),
  from,
];
const plain = (kind: string, params: object = {}, from?: readonly number[]): Layer => [kind, () => params, from];

/** Layers count from 0; −1 − i is input i; a layer without sources follows the one before. */
const graphs: readonly (readonly [name: string, inputs: readonly Shape[], layers: readonly Layer[]])[] = [
  ["relu", [[2]], [dense(4, 2), plain("relu"), dense(3, 4), plain("relu"), dense(2, 3)]],
  ["leaky", [[3]], [dense(3, 3), plain("leaky-relu", { alpha: 0.1 }), dense(3, 3), plain("leaky-relu", { alpha: 3 }), dense(1, 3)]],
  ["prelu", [[2]], [dense(4, 2), plain("prelu", { alpha: { shape: [4], data: Float64Array.of(-0.5, 0.3, 1, 2) } }), dense(2, 4)]],
  ["abs", [[2]], [dense(3, 2), plain("abs"), dense(3, 3), plain("abs")]],
  ["clip", [[2]], [dense(3, 2), plain("clip", { min: -0.5, max: 2, slope: 0.2, offset: 0.5 }), dense(2, 3), plain("clip", { max: 1 })]],
  ["a threshold", [[2]], [dense(3, 2), plain("thresholded-relu", { theta: 0.5 }), dense(2, 3)]],
  ["maxout", [[2]], [dense(6, 2), plain("maxout", { pieces: 3 }), dense(4, 2), plain("maxout", { pieces: 2 }), dense(1, 2)]],
  ["group sort", [[2]], [dense(4, 2), plain("group-sort"), dense(4, 4), plain("group-sort")]],
  [
    "maximum and minimum",
    [[2]],
    [dense(3, 2), dense(3, 2, [-1]), plain("maximum", {}, [0, 1]), plain("minimum", {}, [1, 2, 0]), dense(2, 3)],
  ],
  [
    "skips",
    [[2], [1]],
    [dense(3, 2), plain("relu"), dense(3, 1, [-2]), plain("add", {}, [1, 2]), plain("concat", {}, [3, -1, 1]), dense(2, 8), plain("relu")],
  ],
  [
    "convolution",
    [[4, 4, 1]],
    [
      ["conv2d", (draw) => ({ kernel: draw(2, 2, 1, 2), bias: draw(2) })],
      plain("relu"),
      plain("max-pool2d", { poolSize: 2, padding: "same" }),
      plain("flatten"),
      dense(2, 8),
    ],
  ],
];

export function cases(seed: number, numbers: Numbers): Case[] {
  return graphs.map(([name, inputs, layers], g) => {
    const source = random(1000 * seed + g);
    const draw = (count: number): Float64Array => Float64Array.from({ length: count }, () => drawn(source, numbers));
    const outputs: Shape[] = [];
    const nodes = layers.map(([kind, params, from = [outputs.length - 1]], n) => {
      const sources = from.map((each) => (each < 0 ? -1 - each : inputs.length + each));
      const shapes = sources.map((each) => (each < inputs.length ? inputs[each]! : outputs[each - inputs.length]!));
      const op = builtins.operator(
        kind,
        params((...shape) => (shape.length === 1 ? draw(shape[0]!) : { shape, data: draw(sizeOf(shape)) })),
        shapes,
      );
      outputs.push(op.output);
      return { id: `${n}-${kind}`, op, from: sources };
    });
    const size = inputs.reduce((total, shape) => total + sizeOf(shape), 0);
    const slice = { origin: draw(size), axes: [draw(size), draw(size)] as const, window: Float64Array.of(-1, -1, 1, -1, 1, 1, -1, 1) };
    return {
      name: `${name}, ${numbers} numbers, seed ${seed}`,
      network: network({ inputs, nodes, output: inputs.length + nodes.length - 1 }),
      slice,
    };
  });
}

function drawn({ normal, integer }: Random, numbers: Numbers): number {
  if (numbers === "generic") return normal();
  if (numbers === "whole") return integer(5) - 2;
  const extremes = [0, 1, -1, 5e-324, -5e-324, 1e300, -1e300, 2 ** -1022, 0.1, 1e-200];
  return extremes[integer(extremes.length)]!;
}
