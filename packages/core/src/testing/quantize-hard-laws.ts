import type { QuantizerBody } from "../operator";
import { quantizeAny } from "../quantize-any";
import { affineTable, elementwise, quantizer } from "../quantizer";
import { type Random, random } from "../random";
import { type Units, unitsOf } from "../units";
import type { ComputeLaw } from "./compute-conformance";
import { expectSame } from "./expectations";
import { normals } from "./numbers";

export const quantizeHardLaws: readonly ComputeLaw[] = [
  {
    name: "quantizeHard selects by the definition, to the bit, ties and missing values included",
    check: ({ quantizeHard }) => {
      const source = random(31);
      for (const [name, units] of kinds(source))
        for (const rows of [0, 1, 3, 50]) {
          const length = rows * units.inputSize;
          const ties = Float64Array.from({ length }, () => source.integer(3) - 1);
          const zeros = Float64Array.from({ length }, () => (source.integer(2) === 0 ? 0 : -0));
          for (const v of [ties, zeros, normals(source, length)]) {
            const before = v.slice();
            const { values, choice } = quantizeHard(units, v);
            const expected = quantizeAny(units, 1, v);
            expectSame(`values of ${rows} rows, ${name}`, values, expected.values);
            expectSame(`choices of ${rows} rows, ${name}`, choice, expected.choice);
            if (choice.constructor !== expected.choice.constructor) throw new Error(`choices of ${name}: ${choice.constructor.name}`);
            expectSame("v", v, before);
          }
        }
    },
  },
  {
    name: "quantizeHard of a batch beyond any block is that of its rows",
    check: ({ quantizeHard }) => {
      const source = random(32);
      for (const [name, units] of kinds(source)) {
        const { count, inputSize } = units;
        const rows = Math.ceil(70_000 / inputSize);
        const v = normals(source, rows * inputSize);
        const all = quantizeHard(units, v);
        for (let row = 0; row < rows; row += Math.ceil(rows / 20)) {
          const one = quantizeHard(units, v.slice(row * inputSize, (row + 1) * inputSize));
          expectSame(`values of row ${row}, ${name}`, one.values, all.values.slice(row * count, (row + 1) * count));
          expectSame(`choices of row ${row}, ${name}`, one.choice, all.choice.slice(row * count, (row + 1) * count));
        }
      }
    },
  },
];

/** Units that read one value, windows and any values; tables shared, per channel and per unit; more pieces than a byte counts. */
function kinds(source: Random): readonly (readonly [string, Units])[] {
  const table = (rows: number, pieces: number) => ({
    rows,
    slopes: normals(source, rows * pieces),
    offsets: normals(source, rows * pieces),
  });
  const bodies: readonly (readonly [string, QuantizerBody])[] = [
    ["relu", elementwise([37], { slopes: [0, 1] })],
    ["relu on an image", elementwise([11, 9, 6], { slopes: [0, 1] })],
    ["one piece", elementwise([40], { slopes: [2], offsets: [1] })],
    ["concave PReLU per channel", elementwise([7, 5, 3], { rows: 3, slopes: [2, 1, 0.3, 1, -1, 1], selectors: "-pieces" })],
    ["clip", elementwise([64], { slopes: [0, 1, 0], offsets: [-1, 0, 2], selectors: { slopes: [0, 1, 2], offsets: [0, 1, -1] } })],
    ["a table per unit", elementwise([45], table(45, 4))],
    ["tables that do not divide the units", elementwise([45], { ...table(4, 3), selectors: table(3, 3) })],
    ["tables of different length", elementwise([12, 4], { ...table(2, 3), selectors: table(4, 3) })],
    ["300 pieces", elementwise([20], table(1, 300))],
    ["max-pool", pool([8, 9, 5], "pieces")],
    ["min-pool", pool([8, 9, 5], "-pieces")],
    ["max-pool of one channel", pool([21, 20, 1], "pieces")],
    ["max-pool of an odd image", pool([33, 31, 3], "pieces")],
    ["maximum of two inputs", maximum([23])],
    ["maxout", indices(60, 3, (k, i) => 3 * k + i)],
    ["values of anywhere", indices(50, 4, () => source.integer(50))],
    ["values that may be missing", indices(40, 3, (_, i) => (i === 1 ? source.integer(40) : source.integer(41) - 1))],
    ["GroupSort of 2", groupSort(24)],
  ];
  return bodies.map(([name, body]) => [name, unitsOf(body)] as const);
}

function pool(input: readonly [number, number, number], selectors: "pieces" | "-pieces"): QuantizerBody {
  const padding = [
    [1, 0],
    [0, 1],
  ] as const;
  const extents = [Math.floor((input[0] + 1 - 3) / 2) + 1, Math.floor((input[1] + 1 - 2) / 2) + 1] as const;
  return quantizer({
    inputs: [input],
    output: [...extents, input[2]],
    reads: { type: "window", size: [3, 2], strides: [2, 2], dilations: [1, 1], padding },
    pieces: "values",
    selectors,
  });
}

function maximum(shape: readonly number[]): QuantizerBody {
  return quantizer({ inputs: [shape, shape], output: shape, reads: { type: "elementwise" }, pieces: "values" });
}

function indices(count: number, arity: number, read: (k: number, i: number) => number): QuantizerBody {
  const table = Int32Array.from({ length: count * arity }, (_, at) => read(Math.floor(at / arity), at % arity));
  const size = Math.max(...table) + 1;
  return quantizer({ inputs: [[size]], output: [count], reads: { type: "indices", arity, table }, pieces: "values" });
}

function groupSort(size: number): QuantizerBody {
  const table = Int32Array.from({ length: size * 2 }, (_, i) => Math.floor(i / 4) * 2 + [0, 1, 1, 0][i % 4]);
  return quantizer({
    inputs: [[size]],
    output: [size],
    reads: { type: "indices", arity: 2, table },
    pieces: "values",
    selectors: affineTable(2, { rows: 2, slopes: [-1, 0, 0, -1, 1, 0, 0, 1] }),
  });
}
