import { forward, type NetworkNode, network, random } from "@maso/core";
import { describe, expect, it } from "vitest";
import { builtins, type TfjsNode, type TfjsValue } from "../../src";
import { kinkedLine, slopeTensor } from "../../src/params/kinked-line";

const shape = [2, 3];
/** A few dozen roundings of terms that may be a thousand times the result. */
const SLACK = 1e-11;
const whole = [1, ...shape];
const joins = { add: "add", subtract: "subtract", maximum: "maximum", minimum: "minimum" } as const;

/** A random tree of operators that bend at 0, over one input, as a network and as a graph's rules see it. */
function randomLines(seed: number): { readonly nodes: NetworkNode[]; readonly values: TfjsValue[] } {
  const { uniform, normal } = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(uniform() * list.length)]!;
  const numbers = (): number[] => Array.from({ length: pick([1, 3, 6]) }, () => pick([normal(), normal(), -1, 0]));
  const slopes = (): object => pick([{ shape: [1] }, { shape: [3] }, { shape: [2, 1] }, { shape: [2, 3] }]);
  const tensor = (): object => {
    const { shape } = slopes() as { shape: number[] };
    return { shape, data: Float64Array.from({ length: shape.reduce((a, b) => a * b) }, normal) };
  };
  const unary: readonly (() => readonly [string, object])[] = [
    () => ["scale-shift", { scale: numbers(), ...pick([{}, { shift: 0 }]) }],
    () => ["relu", pick([{}, { negativeSlope: normal() }])],
    () => ["abs", {}],
    () => ["identity", {}],
    () => ["leaky-relu", { alpha: normal() }],
    () => ["prelu", { alpha: tensor(), ...pick([{}, { slope: tensor() }]) }],
    () => ["clip", { ...pick([{ min: 0 }, { max: 0 }]), ...pick([{}, { slope: normal() }]) }],
  ];
  const nodes: NetworkNode[] = [];
  const values: TfjsValue[] = [{ shape: whole, constant: null, source: 0, madeBy: null }];
  for (let n = 0; n < 7; n++) {
    const [kind, params] = n % 3 === 2 ? [pick(Object.keys(joins)), {}] : pick(unary)();
    const from = Array.from({ length: kind in joins ? 2 : 1 }, () => Math.floor(uniform() * values.length));
    const op = builtins.operator(
      kind,
      params,
      from.map(() => shape),
    );
    nodes.push({ id: String(n), op, from });
    values.push({
      shape: whole,
      constant: null,
      source: n + 1,
      madeBy: { kind, params: op.params, inputs: from.map((at) => values[at]!) },
    });
  }
  return { nodes, values };
}

const nodeOf = (...inputs: TfjsValue[]): TfjsNode => ({
  name: "it",
  op: "it",
  inputs,
  attributes: {} as TfjsNode["attributes"],
  axis: (a) => a,
});
const at = (nodes: readonly NetworkNode[], output: number, x: Float64Array): Float64Array =>
  output === 0 ? x : forward(network({ inputs: [shape], nodes, output }), x);

describe("a kinked line", () => {
  it("is what its operators compute, read from its root", () => {
    let found = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const { nodes, values } = randomLines(seed);
      const { normal, uniform } = random(seed);
      const [a, b] = [values.at(-1)!, values[Math.floor(uniform() * values.length)]!];
      for (const [join, kind] of Object.entries(joins) as [keyof typeof joins, string][]) {
        const result = kinkedLine(nodeOf(a, b), join);
        if (result === null) continue;
        found++;
        const { root, line } = result;
        const x = Float64Array.from({ length: 6 }, normal);
        const joined = { id: "joined", op: builtins.operator(kind, {}, [shape, shape]), from: [a.source!, b.source!] };
        const params = { alpha: slopeTensor(line.negative, root), slope: slopeTensor(line.positive, root) };
        const prelu = { id: "prelu", op: builtins.operator("prelu", params, [shape]), from: [root.source!] };
        const expected = at([...nodes, joined], nodes.length + 1, x);
        at([...nodes, prelu], nodes.length + 1, x).forEach((value, k) => {
          expect(Math.abs(value - expected[k]!)).toBeLessThanOrEqual(SLACK * Math.max(1, Math.abs(expected[k]!)));
        });
      }
    }
    expect(found).toBeGreaterThan(400);
  });

  it("stops at what bends elsewhere, shifts, or reads a second value", () => {
    const x: TfjsValue = { shape: whole, constant: null, source: 0, madeBy: null };
    const y: TfjsValue = { shape: whole, constant: null, source: 1, madeBy: null };
    const made = (source: number, kind: string, params: object, ...inputs: TfjsValue[]): TfjsValue => {
      const op = builtins.operator(
        kind,
        params,
        inputs.map(() => shape),
      );
      return { shape: whole, constant: null, source, madeBy: { kind, params: op.params, inputs } };
    };
    for (const value of [
      made(2, "relu", { threshold: 1 }, x),
      made(2, "relu", { maxValue: 1 }, x),
      made(2, "clip", { min: 0, max: 1 }, x),
      made(2, "clip", { min: 0.5 }, x),
      made(2, "clip", { min: 0, offset: 1 }, x),
      made(2, "scale-shift", { scale: 2, shift: [0, 0, 1] }, x),
      made(2, "sigmoid", {}, x),
      made(2, "add", {}, x, y),
    ])
      expect(kinkedLine(nodeOf(value, made(3, "relu", {}, x)), "add")).toBeNull();
  });
});
