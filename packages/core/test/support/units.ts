import { affineTable, elementwise, type QuantizerBody, quantizer, type Shape } from "../../src";

/** The units of design.md's table, by name: each made for a vector of an even number of values. */
export const unitKinds: Readonly<Record<string, (shape: Shape) => QuantizerBody>> = {
  relu: (shape) => elementwise(shape, { slopes: [0, 1] }),
  "absolute value": (shape) => elementwise(shape, { slopes: [-1, 1] }),
  "leaky ReLU": (shape) => elementwise(shape, { slopes: [-0.3, 1] }),
  "concave PReLU": (shape) => elementwise(shape, { slopes: [2.5, 1], selectors: "-pieces" }),
  clip: (shape) => elementwise(shape, { slopes: [0, 1, 0], offsets: [-1, 0, 2], selectors: { slopes: [0, 1, 2], offsets: [0, 1, -1] } }),
  "max of pairs": ([size]) => pairs(size!, "pieces"),
  "min of pairs": ([size]) => pairs(size!, "-pieces"),
  "GroupSort of 2": ([size]) =>
    quantizer({
      inputs: [[size!]],
      output: [size!],
      reads: {
        type: "indices",
        arity: 2,
        table: Int32Array.from({ length: size! * 2 }, (_, i) => Math.floor(i / 4) * 2 + [0, 1, 1, 0][i % 4]!),
      },
      pieces: "values",
      selectors: affineTable(2, { rows: 2, slopes: [-1, 0, 0, -1, 1, 0, 0, 1] }),
    }),
};

/** The natively soft units. */
export const softKinds: typeof unitKinds = {
  swish: (shape) => elementwise(shape, { slopes: [0, 1], beta: 0.5 }),
  sigmoid: (shape) => elementwise(shape, { slopes: [0, 0], offsets: [0, 1], selectors: { slopes: [0, 1] }, beta: 0.5 }),
  tanh: (shape) => elementwise(shape, { slopes: [0, 0], offsets: [-1, 1], selectors: { slopes: [-1, 1] }, beta: 0.5 }),
};

/** Unit k reads values k and k + 1, the last one wrapping round. */
function pairs(size: number, selectors: "pieces" | "-pieces"): QuantizerBody {
  const table = Int32Array.from({ length: size * 2 }, (_, i) => Math.floor(i / 2 + (i % 2)) % size);
  return quantizer({ inputs: [[size]], output: [size], reads: { type: "indices", arity: 2, table }, pieces: "values", selectors });
}
