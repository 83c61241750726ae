import { type Network, network, pieceExists, random, sizeOf, soften, unitsOf } from "@maso/core";
import { describe, expect, it } from "vitest";
import { type ExactForm, intersection } from "../../src/exact/exact-form";
import { exactNetwork } from "../../src/exact/exact-network";
import { type ExactPoint, exactPoint } from "../../src/exact/exact-point";
import { finished } from "../../src/partition/pauses";
import { slices } from "../../src/partition/slice";
import { chainOf, weights } from "../networks";
import { compare, type Fraction, fraction, isNearest, minus, over } from "./fraction";
import { type RationalRun, rationalRun } from "./rational-run";
import { cases } from "./seeded-networks";

const all = [...cases(1, "generic"), ...cases(2, "whole"), ...cases(3, "whole"), ...cases(4, "extreme")];

const quantizers = ({ nodes }: Network): number[] => nodes.flatMap(({ op }, n) => (op.type === "quantizer" ? [n] : []));

/** Every two pieces of every unit of a quantizer that exist. */
function pairs({ nodes }: Network, node: number): [unit: number, piece: number, other: number][] {
  const { op } = nodes[node]!;
  if (op.type !== "quantizer") return [];
  const units = unitsOf(op);
  return Array.from({ length: units.count }, (_, k) => {
    const pieces = Array.from({ length: units.pieces }, (_, r) => r).filter((r) => pieceExists(units, k, r));
    return pieces.flatMap((r) => pieces.filter((q) => q !== r).map((q): [number, number, number] => [k, r, q]));
  }).flat();
}

const selectorGap = ({ selectors }: RationalRun, node: number, unit: number, piece: number, other: number): Fraction =>
  minus(selectors[node]![unit]![piece]!, selectors[node]![unit]![other]!);

const ONE = fraction(1n);
const NIL = fraction(0n);

/** Affine forms by three points: c = f(0, 0), a = f(1, 0) − c, b = f(0, 1) − c. */
function formsOf(subject: (s: Fraction, t: Fraction) => readonly Fraction[]): Fraction[][] {
  const [origin, right, up] = [subject(NIL, NIL), subject(ONE, NIL), subject(NIL, ONE)];
  return origin!.map((c, k) => [minus(right![k]!, c), minus(up![k]!, c), c]);
}

/** The one scale by which exact forms differ from fractions; null where all of them are 0. */
function commonScale(forms: readonly ExactForm[], expected: readonly (readonly Fraction[])[]): Fraction | null {
  let scale: Fraction | null = null;
  forms.forEach(({ a, b, c }, i) =>
    [a, b, c].forEach((number, j) => {
      const truth = expected[i]![j]!;
      if (number === 0n || truth.n === 0n) return expect(number).toBe(truth.n);
      const ratio = over(fraction(number), truth);
      scale ??= ratio;
      expect(ratio).toEqual(scale);
    }),
  );
  return scale;
}

describe.each(all)("$name", ({ network: net, slice }) => {
  const exact = exactNetwork(net, slice);
  const { normal, integer } = random(5);
  const start = rationalRun(net, slice, NIL, NIL);
  const [first] = quantizers(net);
  const forms = pairs(net, first!).map(([k, r, q]) => exact.selectorForm(start.choices, first!, k, r, q));
  const vertices = forms.slice(0, 4).flatMap((f) => forms.slice(0, 4).map((g) => intersection(f, g)));
  const points: ExactPoint[] = [
    exactPoint(0, 0),
    exactPoint(normal(), normal()),
    exactPoint(integer(3) - 1, (integer(5) - 2) / 2),
    ...vertices.filter((p) => p !== null).slice(0, 1),
  ];

  it("has the signs and values of fractions at points, vertices among them", () => {
    for (const point of points) {
      const run = exact.at(point);
      const truth = rationalRun(net, slice, fraction(point.x, point.w), fraction(point.y, point.w));
      const outputs = run.outputs();
      truth.outputs.forEach((value, k) => expect(isNearest(outputs[k]!, value)).toBe(true));
      for (const node of quantizers(net)) {
        const inputs = run.inputs(node);
        expect(inputs.length).toBe(truth.inputs[node]!.length);
        truth.inputs[node]!.forEach((value, j) => expect(isNearest(inputs[j]!, value)).toBe(true));
        for (const [k, r, q] of pairs(net, node)) expect(run.sign(node, k, r, q)).toBe(compare(selectorGap(truth, node, k, r, q), NIL));
      }
    }
  });

  it("has the forms of fractions, each kind on one positive scale for all codes", () => {
    const scales = new Map<number, Fraction>();
    const codes = [
      start.choices,
      ...points.slice(1, 3).map(({ x, y, w }) => rationalRun(net, slice, fraction(x, w), fraction(y, w)).choices),
    ];
    for (const choices of codes) {
      const frozen = (s: Fraction, t: Fraction): RationalRun => rationalRun(net, slice, s, t, choices);
      const check = (kind: number, given: readonly ExactForm[], expected: readonly (readonly Fraction[])[]): void => {
        const scale = commonScale(given, expected);
        if (scale === null) return;
        expect(compare(scale, NIL)).toBe(1);
        expect(scale).toEqual(scales.get(kind) ?? scale);
        scales.set(kind, scale);
      };
      for (const node of quantizers(net)) {
        const given = pairs(net, node).map(([k, r, q]) => exact.selectorForm(choices, node, k, r, q));
        check(
          node,
          given,
          formsOf((s, t) => {
            const truth = frozen(s, t);
            return pairs(net, node).map(([k, r, q]) => selectorGap(truth, node, k, r, q));
          }),
        );
      }
      check(
        -1,
        finished(exact.outputForms(choices)),
        formsOf((s, t) => frozen(s, t).outputs),
      );
    }
  });
});

describe("codes that are given", () => {
  const net = chainOf([2], ["dense", { weight: weights(1, 5, 2) }], ["relu"], ["dense", { weight: weights(2, 4, 5) }], ["relu"]);
  const slice = slices.axisAligned(2, 0, 1);
  const exact = exactNetwork(net, slice);

  it("are read by content: an array may be used again for another code", () => {
    const choice = new Uint8Array(5);
    const choices = [undefined, choice, undefined, undefined];
    for (let code = 0; code < 64; code++) {
      choice.forEach((_, k) => {
        choice[k] = (code >> k) & 1;
      });
      expect(exact.selectorForm(choices, 3, 2, 1, 0)).toEqual(exactNetwork(net, slice).selectorForm([undefined, choice], 3, 2, 1, 0));
    }
  });

  it("may be more than are remembered", () => {
    const wide = chainOf([2], ["dense", { weight: weights(3, 300, 2) }], ["relu"], ["dense", { weight: weights(4, 1, 300) }], ["relu"]);
    const { integer } = random(6);
    const known = exactNetwork(wide, slice);
    const codes = Array.from({ length: 900 }, () => [undefined, Uint8Array.from({ length: 300 }, () => integer(2))]);
    const forms = codes.map((choices) => known.selectorForm(choices, 3, 0, 1, 0));
    const fresh = exactNetwork(wide, slice);
    for (const i of [0, 450, 899]) {
      expect(fresh.selectorForm(codes[i]!, 3, 0, 1, 0)).toEqual(forms[i]);
      expect(known.selectorForm(codes[i]!, 3, 0, 1, 0)).toEqual(forms[i]);
    }
  });

  it("need to be there only where they matter", () => {
    expect(exact.selectorForm([], 1, 0, 1, 0)).not.toEqual({ a: 0n, b: 0n, c: 0n });
    expect(() => exact.selectorForm([], 3, 0, 1, 0)).toThrowError(expect.objectContaining({ code: "params" }));
    expect(() => exact.selectorForm([undefined, [0, 1, 2, 0, 0]], 3, 0, 1, 0)).toThrowError(expect.objectContaining({ code: "params" }));
  });

  it("of nodes and pieces that are not there are refused", () => {
    for (const [node, unit, piece] of [
      [0, 0, 0],
      [9, 0, 0],
      [1, 5, 0],
      [1, 0, 2],
    ] as const)
      expect(() => exact.selectorForm([], node, unit, piece, 0)).toThrowError(expect.objectContaining({ code: "params" }));
    expect(() => exact.at(exactPoint(0, 0)).sign(0, 0, 1, 0)).toThrowError(expect.objectContaining({ code: "params" }));
  });
});

it("a piece that does not exist is below every other", () => {
  const net = chainOf([3, 3, 1], ["max-pool2d", { poolSize: 2, padding: "same" }]);
  const exact = exactNetwork(net, slices.axisAligned(9, 0, 8));
  const run = exact.at(exactPoint(-1, -1));
  expect([run.sign(0, 3, 0, 1), run.sign(0, 3, 1, 0), run.sign(0, 3, 1, 2), run.sign(0, 0, 0, 1)]).toEqual([1, -1, 0, -1]);
  expect(() => exact.selectorForm([], 0, 3, 0, 1)).toThrowError(expect.objectContaining({ code: "params" }));
});

it("a form goes only as deep as its unit sees", () => {
  const image = chainOf(
    [20, 20, 1],
    ["conv2d", { kernel: weights(1, 3, 3, 1, 2) }],
    ["relu"],
    ["conv2d", { kernel: weights(2, 3, 3, 2, 2) }],
    ["relu"],
  );
  const asked = new Set<number>();
  const nodes = image.nodes.map((node, n) => {
    const { op } = node;
    if (n !== 2 || op.type !== "affine") return node;
    return {
      ...node,
      op: {
        ...op,
        row: (k: number) => {
          asked.add(k);
          return op.row(k);
        },
      },
    };
  });
  const exact = exactNetwork(network({ ...image, nodes }), slices.axisAligned(400, 0, 1));
  const choices = [undefined, new Uint8Array(sizeOf(image.nodes[1]!.op.output)).fill(1)];
  exact.selectorForm(choices, 3, 0, 1, 0);
  expect(asked.size).toBe(sizeOf(image.nodes[2]!.op.output));
  asked.clear();
  exact.selectorForm(choices, 3, 5, 1, 0);
  expect([...asked]).toEqual([5]);
});

it("the output may be an input", () => {
  const net = network({ inputs: [[2]], nodes: [], output: 0 });
  const exact = exactNetwork(net, slices.axisAligned(2, 0, 1));
  expect(finished(exact.outputForms([]))).toEqual([
    { a: 1n, b: 0n, c: 0n },
    { a: 0n, b: 1n, c: 0n },
  ]);
  expect([...exact.at(exactPoint(0.1, -3)).outputs()]).toEqual([0.1, -3]);
});

it("soft networks and numbers that are not finite are refused", () => {
  const net = chainOf([2], ["dense", { weight: weights(1, 2, 2) }], ["relu"]);
  const slice = slices.axisAligned(2, 0, 1);
  expect(() => exactNetwork(soften(net, 0.5), slice)).toThrowError(expect.objectContaining({ code: "soft" }));
  const [dense, relu] = net.nodes;
  const broken = { ...dense!, op: { ...dense!.op, bias: Float64Array.of(0, NaN) } } as NonNullable<typeof dense>;
  const exact = exactNetwork(network({ ...net, nodes: [broken, relu!] }), slice);
  expect(() => exact.at(exactPoint(0, 0)).outputs()).toThrowError(expect.objectContaining({ code: "non-finite" }));
});
