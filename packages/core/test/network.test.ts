import { describe, expect, it } from "vitest";
import {
  applyHead,
  codeKey,
  encode,
  forward,
  fromData,
  hammingDistances,
  identityError,
  type MasoErrorCode,
  network,
  quantizer,
  random,
  soften,
  toData,
} from "../src";
import { matrixOperator, multilayer, named, normals, sequence } from "./support/tiny";
import { unitKinds } from "./support/units";

const failsWith = (code: MasoErrorCode) => expect.objectContaining({ name: "MasoError", code });
const identity = matrixOperator([
  [1, 0],
  [0, 1],
]);

it("an operator that hands on what it was given does not change it", () => {
  const shift = { ...identity, bias: Float64Array.of(10, 20), linear: ([v]: readonly Float64Array[]) => v! };
  const x = Float64Array.of(1, 2, 3, 4);
  expect([...forward(sequence([2], shift, shift), x)]).toEqual([21, 42, 23, 44]);
  expect([...x]).toEqual([1, 2, 3, 4]);
});

describe("a network is checked when it is made", () => {
  const node = (id: string, from: number[], op = identity) => ({ id, op, from });
  it.each([
    ["graph", "a duplicate id", [node("a", [0]), node("a", [1])], 2],
    ["graph", "a node that reads itself", [node("a", [1])], 1],
    ["graph", "a source that is not there", [node("a", [7])], 1],
    ["graph", "an output that is not there", [node("a", [0])], 5],
    ["graph", "too many sources", [node("a", [0, 0])], 1],
    ["shape", "a source of another shape", [node("a", [0], matrixOperator([[1, 1, 1]]))], 1],
  ] as const)("%s: %s", (code, _, nodes, output) => {
    expect(() => network({ inputs: [[2]], nodes, output })).toThrowError(failsWith(code));
  });
  it.each([[65536, 32768], [2 ** 27 + 1]])("too-large: %d × %d elements", (...shape) =>
    expect(() => network({ inputs: [shape.filter(Boolean)], nodes: [], output: 0 })).toThrowError(failsWith("too-large")),
  );
  it("too-large: a table of what units read", () => {
    const reads = {
      type: "window",
      size: [1, 2 ** 27],
      strides: [1, 1],
      dilations: [1, 1],
      padding: [
        [0, 0],
        [0, 2 ** 27],
      ],
    } as const;
    expect(() => quantizer({ inputs: [[2, 2, 1]], output: [2, 3, 1], reads, pieces: "values" })).toThrowError(failsWith("too-large"));
  });
});

describe("inputs", () => {
  const net = multilayer(3, [3, 4, 2], unitKinds.relu!);
  it("must be finite", () => expect(() => forward(net, Float64Array.of(1, Number.NaN, 2))).toThrowError(failsWith("non-finite")));
  it("must come in whole rows", () => expect(() => forward(net, new Float64Array(4))).toThrowError(failsWith("shape")));
  it("come in batches whose rows do not see each other", () => {
    const x = normals(random(1), 3 * 7);
    const together = forward(net, x);
    for (let row = 0; row < 7; row++) expect(forward(net, x.slice(row * 3, row * 3 + 3))).toEqual(together.slice(row * 2, row * 2 + 2));
  });
  it("may be the output, or go unread", () => {
    const passing = network({ inputs: [[2], [1]], nodes: [{ id: "unused", op: identity, from: [0] }], output: 0 });
    expect([...forward(passing, Float64Array.of(1, 2, 3))]).toEqual([1, 2]);
    expect(identityError(passing, Float64Array.of(1, 2, 3))).toBe(0);
  });
});

describe("the identity error", () => {
  it("is 0 on both sides zero, infinite where the map is not finite", () => {
    expect(identityError(sequence([2], matrixOperator([[0, 0]])), Float64Array.of(1, 2))).toBe(0);
    const huge = matrixOperator([[1e200]]);
    expect(identityError(sequence([1], huge, huge), Float64Array.of(1))).toBe(Infinity);
  });
  it("sees an adjoint that is wrong", () => {
    const wrong = { ...identity, adjoint: (u: Float64Array) => [u.map((value) => 2 * value)] };
    expect(identityError(sequence([2], wrong), Float64Array.of(1, 2))).toBeGreaterThan(0.1);
  });
});

describe("codes", () => {
  const net = multilayer(5, [2, 8, 8, 1], unitKinds.relu!);
  const x = normals(random(8), 2 * 30);
  const code = encode(net, x);
  it("have equal keys exactly where they are equal", () => {
    for (let i = 0; i < 30; i++)
      for (let j = 0; j < 30; j++) {
        const equal = hammingDistances(code, i, code, j).every((d) => d === 0);
        expect(codeKey(code, i) === codeKey(code, j)).toBe(equal);
      }
  });
  it("are not compared across networks", () => {
    const other = encode(multilayer(5, [2, 8, 1], unitKinds.relu!), x);
    expect(() => hammingDistances(code, 0, other, 0)).toThrowError(failsWith("shape"));
  });
});

it("survives its data form and a structured clone, β included", () => {
  const net = soften(multilayer(5, [2, 4, 4, 1], unitKinds.clip!), 0.25);
  const ops = net.nodes.map(({ op }) => op);
  let at = 0;
  const again = fromData(structuredClone(toData({ ...net, nodes: net.nodes.map((n) => ({ ...n, op: n.op })) })), (kind, params) => {
    const op = ops[at++]!;
    expect([kind, params]).toEqual([op.kind, op.params]);
    return op.type === "affine"
      ? matrixOperator(...(Object.values(params as object) as Parameters<typeof matrixOperator>))
      : named(unitKinds.clip!(op.output));
  });
  const x = normals(random(8), 2 * 5);
  expect(forward(again, x)).toEqual(forward(net, x));
});

it("puts a head back: softmax over the last axis, sigmoid, tanh, one per output of several", () => {
  const two = sequence(
    [4],
    matrixOperator([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]),
  );
  const logits = Float64Array.of(1, 2, 3, 1000);
  expect(applyHead({ ...two, head: "softmax" }, logits)[3]).toBe(1);
  expect(applyHead({ ...two, head: "sigmoid" }, logits)[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
  expect(applyHead({ ...two, head: "tanh" }, logits)[0]).toBeCloseTo(Math.tanh(1), 15);
  const joined = {
    ...two,
    nodes: [{ ...two.nodes[0]!, op: { ...two.nodes[0]!.op, inputs: [[2], [2]] } }],
    head: ["softmax", null] as const,
  };
  expect([...applyHead(joined, logits)]).toEqual(
    [1 / (1 + Math.E), Math.E / (1 + Math.E), 3, 1000].map((value) => expect.closeTo(value, 14)),
  );
});
