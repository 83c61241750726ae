import { type Network, type NetworkNode, network, type Operator, random, type Shape, sizeOf } from "@maso/core";
import { builtins } from "@maso/layers";

/** Weights, biases and inputs are small whole numbers: whatever a hard network makes of them, float32 holds exactly. */
export function wholeNumbers(count: number, most: number, seed: number): Float64Array {
  const { uniform } = random(seed);
  return Float64Array.from({ length: count }, () => Math.floor(uniform() * (2 * most + 1)) - most);
}

/** Images of two channels: padded, strided, grouped and depthwise convolutions, batch norm, branches, pooling, a matrix at the end. */
export function wholeImages(): Network {
  return built([[8, 7, 2]], (add, seed) => {
    const kernel = (...shape: number[]) => ({ shape, data: wholeNumbers(sizeOf(shape), 1, seed()) });
    const bias = (count: number) => [...wholeNumbers(count, 2, seed())];
    const padded = add(
      "zero-pad2d",
      {
        padding: [
          [1, 0],
          [2, 1],
        ],
      },
      0,
    );
    const first = add("relu", {}, add("conv2d", { kernel: kernel(3, 3, 2, 4), bias: bias(4), strides: [2, 1] }, padded));
    const deep = add("clip", { min: 0, max: 6 }, add("depthwise-conv2d", { kernel: kernel(3, 3, 4, 1), padding: "same" }, first));
    const normal = add("scale-shift", { scale: [1, 2, -1, 1], shift: [0, 1, 2, 3] }, deep);
    const summed = add("add", {}, first, add("prelu", { alpha: [2, -1, 0, 1] }, normal));
    const grouped = add("conv2d", { kernel: kernel(2, 2, 2, 4), groups: 2, strides: 2, padding: "same" }, summed);
    const pooled = add("max-pool2d", { poolSize: 2, strides: 1 }, add("abs", {}, grouped));
    const joined = add("concat", {}, pooled, add("max-pool2d", { poolSize: 3, strides: 2 }, summed));
    const flat = add("flatten", {}, add("dense", { weight: kernel(4, 8) }, joined));
    add("dense", { weight: kernel(3, 6), bias: bias(3) }, add("maxout", { pieces: 2 }, flat));
  });
}

/** Two inputs, one of which is read twice; a unit that reads both; a node that nobody reads. */
export function wholeBranches(): Network {
  return built([[4], [2, 2]], (add, seed) => {
    const weight = (out: number, into: number) => ({ shape: [out, into], data: wholeNumbers(out * into, 2, seed()) });
    const flat = add("reshape", { shape: [4] }, 1);
    const most = add("maximum", {}, 0, flat);
    add("dense", { weight: weight(9, 4) }, most);
    const less = add("subtract", {}, add("dense", { weight: weight(4, 4) }, most), flat);
    add("group-sort", {}, add("identity", {}, less));
  });
}

type Add = (kind: string, params: unknown, ...from: number[]) => number;

function built(inputs: readonly Shape[], build: (add: Add, seed: () => number) => void): Network {
  const nodes: NetworkNode[] = [];
  let seed = 1;
  const shapeOf = (source: number): Shape => (source < inputs.length ? inputs[source]! : nodes[source - inputs.length]!.op.output);
  build(
    (kind, params, ...from) => {
      const op: Operator = builtins.operator(kind, params, from.map(shapeOf));
      return inputs.length + nodes.push({ id: `${kind} ${nodes.length}`, op, from }) - 1;
    },
    () => seed++,
  );
  return network({ inputs, nodes, output: inputs.length + nodes.length - 1 });
}
