import { forward, harden, inputSize, type MasoErrorCode, type Network, network, random, soften } from "@maso/core";
import { describe, expect, it } from "vitest";
import { builtins, readNetworkFile, writeNetworkFile } from "../../src";
import { cases } from "../conformance/cases";

const dense = {
  kind: "dense",
  params: {
    weight: [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    bias: [0, 0, 1],
  },
}; // prettier-ignore
const file = (parts: object): object => ({ format: "maso-network", version: 1, input: [2], layers: [dense, { kind: "relu" }], ...parts });
const read = (parts: object): Network => readNetworkFile(file(parts)).network!;
const point = (net: Network): Float64Array => Float64Array.from({ length: inputSize(net) }, random(3).normal);
const throughText = (net: Network): Network => readNetworkFile(JSON.parse(JSON.stringify(writeNetworkFile(net)))).network!;

describe("a network file is read", () => {
  it("as the example in words: dense, ReLU, and the sum of both", () => {
    const net = read({ layers: [dense, { kind: "relu" }, { id: "sum", kind: "add", from: ["0", "1"] }] });
    const z = [-1, -1, 0];
    expect([...forward(net, Float64Array.of(1, -1))]).toEqual(z.map((value) => value + Math.max(0, value)));
  });

  it("with layers in any order, named inputs, an output in the middle and remarks", () => {
    const net = read({
      name: "a remark",
      input: undefined,
      inputs: { a: [2], b: [3] },
      layers: [
        { id: "late", kind: "relu", from: "sum" },
        { id: "sum", kind: "add", from: ["map", "input:b"] },
        { ...dense, id: "map", from: "input:a" },
      ],
      output: "sum",
    });
    expect(net.inputNames).toEqual(["a", "b"]);
    expect([...forward(net, Float64Array.of(1, 0, 10, 20, 30))]).toEqual([11, 23, 36]);
  });

  it("with its own β", () => {
    const soft = read({ layers: [dense, { kind: "relu", beta: 0.5 }] });
    const [first] = forward(soft, Float64Array.of(1, 0));
    expect(first).toBeCloseTo(1 / (1 + Math.exp(-1)), 14);
  });

  it("up to a cut", () => expect(readNetworkFile(file({}), { cut: "0" }).network!.nodes).toHaveLength(1));
});

it("refuses every unknown kind, with the cuts before it", () => {
  const { network, refused, partial } = readNetworkFile(
    file({ layers: [dense, { kind: "gelu" }, { kind: "relu" }, { id: "last", kind: "attention" }, { kind: "relu" }] }),
  );
  expect(network).toBeNull();
  expect(refused.map(({ node, op, cuts }) => [node, op, cuts])).toEqual([
    ["1", "gelu", ["0"]],
    ["last", "attention", ["0"]],
  ]);
  expect(partial!.nodes.map(({ id }) => id)).toEqual(["0"]);
});

const bad: readonly (readonly [name: string, code: MasoErrorCode, says: RegExp, parts: object])[] = [
  ["another format", "format", /format: expected "maso-network"/, { format: "onnx" }],
  ["another version", "format", /version/, { version: 2 }],
  ["no input", "format", /input/, { input: undefined }],
  ["an input of nonsense", "shape", /input/, { input: [2, -1] }],
  ["an absurd input", "too-large", /2\^27/, { input: [65536, 65536] }],
  ["no layers", "format", /layers/, { layers: [] }],
  ["layers that are none", "format", /layers\[1\]/, { layers: [dense, 7] }],
  ["a misspelt key", "format", /outptu/, { outptu: "0" }],
  ["a misspelt parameter", "params", /layers\[1\]\.params/, { layers: [dense, { kind: "leaky-relu", params: { alpah: 1 } }] }],
  ["a missing parameter", "params", /layers\[0\]\.params\.weight/, { layers: [{ kind: "dense" }] }],
  [
    "too few columns",
    "shape",
    /layers\[0\]\.params\.weight: expected 2 columns, got 3/,
    { layers: [{ kind: "dense", params: { weight: [[1, 2, 3]] } }] },
  ],
  [
    "a ragged matrix",
    "params",
    /layers\[0\]\.params\.weight: expected 2 columns, got 1/,
    { layers: [{ kind: "dense", params: { weight: [[1, 2], [3]] } }] },
  ],
  [
    "a bias of the wrong length",
    "shape",
    /layers\[0\]\.params\.bias: expected 3 values, got 2/,
    { layers: [{ kind: "dense", params: { ...dense.params, bias: [1, 2] } }] },
  ],
  [
    "null for a number",
    "params",
    /layers\[0\]\.params\.weight: expected numbers, got null/,
    { layers: [{ kind: "dense", params: { weight: [[1, null]] } }] },
  ],
  ["an infinite number", "non-finite", /layers\[0\]\.params\.weight/, { layers: [{ kind: "dense", params: { weight: [[1, Infinity]] } }] }],
  ["β out of range", "params", /layers\[1\]\.beta/, { layers: [dense, { kind: "relu", beta: 2 }] }],
  ["β of an affine layer", "params", /layers\[0\]\.beta/, { layers: [{ ...dense, beta: 0.5 }] }],
  ["a dangling reference", "graph", /layers\[1\]\.from.*ghost/, { layers: [dense, { kind: "relu", from: "ghost" }] }],
  [
    "a cycle",
    "graph",
    /cycle a -> b -> a|cycle b -> a -> b/,
    {
      layers: [
        { id: "a", kind: "relu", from: "b" },
        { id: "b", kind: "relu", from: "a" },
      ],
    },
  ],
  [
    "an id used twice",
    "graph",
    /layers\[1\]\.id/,
    {
      layers: [
        { ...dense, id: "a" },
        { id: "a", kind: "relu" },
      ],
    },
  ],
  ["an unknown output", "graph", /output/, { output: "nothing" }],
  [
    "a window outside the image",
    "shape",
    /outside/,
    {
      input: [2, 2, 1],
      layers: [
        {
          kind: "max-pool2d",
          params: {
            poolSize: 1,
            padding: [
              [1, 0],
              [0, 0],
            ],
          },
        },
      ],
    },
  ],
  [
    "a kernel larger than the image",
    "shape",
    /does not fit/,
    { input: [2, 2, 1], layers: [{ kind: "conv2d", params: { kernel: [[[[1]]], [[[1]]], [[[1]]]] } }] },
  ],
  ["a head that does not exist", "format", /head/, { head: "argmax" }],
]; // prettier-ignore

describe("a malformed file gets an error with the path to the fault", () => {
  it.each(bad)("%s", (_, code, says, parts) => {
    const error = (() => {
      try {
        return readNetworkFile(file(parts));
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ name: "MasoError", code, message: expect.stringMatching(says) });
  });

  it.each(["__proto__", "constructor"])("the key %s", (key) => {
    const json = JSON.parse(JSON.stringify(file({})).replace('"kind":"relu"', `"kind":"relu","params":{"${key}":{"polluted":1}}`));
    expect(() => readNetworkFile(json)).toThrowError(expect.objectContaining({ code: "format" }));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("what is written is read back the same, to the bit", () => {
  for (const [kind, list] of Object.entries(cases))
    it(kind, () => {
      for (const { inputs, params } of list) {
        const op = builtins.operator(kind, params ?? {}, inputs);
        const plain = network({ inputs, nodes: [{ id: "it", op, from: inputs.map((_, i) => i) }], output: inputs.length });
        for (const net of [plain, soften(plain, 0.3, { all: true }), harden(plain)]) {
          const again = throughText(net);
          expect(writeNetworkFile(again)).toEqual(writeNetworkFile(net));
          expect(forward(again, point(net))).toEqual(forward(net, point(net)));
        }
      }
    });

  it("ids, names, heads and several outputs", () => {
    const net = read({
      input: undefined,
      inputs: { a: [2], b: [3] },
      layers: [
        { ...dense, id: "map", from: "input:a" },
        { id: "all", kind: "concat", from: ["map", "input:b"] },
        { id: "unused", kind: "relu" },
      ],
      output: "all",
      head: ["softmax", null],
    });
    expect(throughText(net)).toMatchObject({ inputNames: ["a", "b"], head: ["softmax", null] });
    expect(forward(throughText(net), point(net))).toEqual(forward(net, point(net)));
  });
});
