import { elementwise, type Network, network, type QuantizerBody, quantizer, type Shape } from "@maso/core";

const WIDTH = 300;

/** Units of each width, with room left over in words: 300 ReLUs, 50 windows of 6, 3 maxouts of 300 pieces, 50 ReLUs, 2 maxima; and ReLUs that nobody reads. */
export function mixedNetwork(): Network {
  const relu = (units: number): QuantizerBody => elementwise([units], { slopes: [0, 1] });
  return network({
    inputs: [[WIDTH]],
    nodes: [
      node("relu", relu(WIDTH), 0),
      node("windows", maxima([[WIDTH]], 50, 6, 1), 1),
      node("unread", relu(WIDTH), 0),
      node("maxout", maxima([[WIDTH]], 3, WIDTH, 7), 0),
      node("small", relu(50), 2),
      node("top", maxima([[50], [3]], 2, 2, 26), 5, 4),
    ],
    output: 6,
  });
}

function node(id: string, body: QuantizerBody, ...from: number[]): Network["nodes"][number] {
  return { id, op: { ...body, kind: id, params: {} }, from };
}

/** The largest of `arity` values, `step` apart, the windows one behind the other. */
function maxima(inputs: readonly Shape[], units: number, arity: number, step: number): QuantizerBody {
  const width = inputs.reduce((total, [extent]) => total + extent!, 0);
  const table = Int32Array.from({ length: units * arity }, (_, i) => (i * step + Math.floor(i / arity)) % width);
  return quantizer({ inputs, output: [units], reads: { type: "indices", arity, table }, pieces: "values" });
}
