import { describe, expect, it } from "vitest";
import {
  type Compute,
  elementwise,
  forward,
  plainCompute,
  type QuantizerBody,
  quantize,
  quantizer,
  random,
  soften,
  trace,
  unitsOf,
} from "../src";
import { quantizeAny } from "../src/quantize-any";
import { named, normals, sequence } from "./support/tiny";
import { softKinds, unitKinds } from "./support/units";

const swish = (u: number, eta: number): number => u / (1 + Math.exp(-eta * u));

/** What each unit does to one value, written as people write it. */
const formulas: Record<string, { hard: (u: number) => number; soft?: (u: number, eta: number) => number }> = {
  relu: { hard: (u) => Math.max(0, u), soft: swish },
  "absolute value": { hard: Math.abs, soft: (u, eta) => u * Math.tanh(eta * u) },
  "leaky ReLU": {
    hard: (u) => (u > 0 ? u : -0.3 * u),
    soft: (u, eta) => (u * (-0.3 * Math.exp(-0.3 * eta * u) + Math.exp(eta * u))) / (Math.exp(-0.3 * eta * u) + Math.exp(eta * u)),
  },
  "concave PReLU": { hard: (u) => (u > 0 ? u : 2.5 * u) },
  clip: { hard: (u) => Math.min(2, Math.max(-1, u)) },
};

const apply = (unit: QuantizerBody, x: Float64Array, beta?: number): Float64Array => {
  const net = sequence(unit.inputs[0]!, named(unit));
  return forward(beta === undefined ? net : soften(net, beta), x);
};

describe("scalar units are their formulas", () => {
  const x = normals(random(3), 400).map((value) => value * 2);
  for (const [name, { hard, soft }] of Object.entries(formulas)) {
    it(`${name}, hard`, () => {
      const unit = unitKinds[name]!([400]);
      const expected = name === "leaky ReLU" ? x.map((u) => (u > 0 ? u : -0.3 * u)) : x.map(hard);
      expect(apply(unit, x)).toEqual(expected.map((value) => value + 0));
    });
    if (soft)
      it(`${name}, soft at several β`, () => {
        for (const beta of [0.1, 0.5, 0.9]) {
          const values = apply(unitKinds[name]!([400]), x, beta);
          x.forEach((u, k) => expect(Math.abs(values[k]! - soft(u, beta / (1 - beta)))).toBeLessThan(1e-13));
        }
      });
  }

  it("sigmoid, tanh and SiLU at β = ½", () => {
    const one = (kind: string): Float64Array => apply(softKinds[kind]!([400]), x);
    one("sigmoid").forEach((value, k) => expect(value).toBeCloseTo(1 / (1 + Math.exp(-x[k]!)), 14));
    one("tanh").forEach((value, k) => expect(value).toBeCloseTo(Math.tanh(x[k]!), 14));
    one("swish").forEach((value, k) => expect(value).toBeCloseTo(swish(x[k]!, 1), 14));
  });
});

describe("selection", () => {
  it("breaks ties to the lowest index", () => {
    const { code } = trace(sequence([2], named(unitKinds["absolute value"]!([2]))), Float64Array.of(0, -0));
    expect([...code.layers[0]!.choice]).toEqual([0, 0]);
  });

  it("never selects a value that does not exist, and reads no zero in its place", () => {
    const pool = quantizer({
      inputs: [[3, 3, 1]],
      output: [2, 2, 1],
      reads: {
        type: "window",
        size: [2, 2],
        strides: [2, 2],
        dilations: [1, 1],
        padding: [
          [0, 1],
          [0, 1],
        ],
      },
      pieces: "values",
    });
    const x = Float64Array.from([-9, -8, -7, -6, -5, -4, -3, -2, -1]);
    expect([...apply(pool, x)]).toEqual([-5, -4, -2, -1]);
    const soft = apply(pool, x, 0);
    expect([...soft]).toEqual([-7, -5.5, -2.5, -1]);
  });

  it("refuses a window with no existing position", () => {
    const reads = {
      type: "window",
      size: [1, 1],
      strides: [1, 1],
      dilations: [1, 1],
      padding: [
        [1, 0],
        [0, 0],
      ],
    } as const;
    expect(() => quantizer({ inputs: [[2, 2, 1]], output: [3, 2, 1], reads, pieces: "values" })).toThrowError(/outside/);
  });

  it("keeps GroupSort a sort", () => {
    const x = normals(random(5), 40);
    const sorted = apply(unitKinds["GroupSort of 2"]!([40]), x);
    for (let k = 0; k < 40; k += 2) expect([sorted[k], sorted[k + 1]]).toEqual([x[k]!, x[k + 1]!].sort((a, b) => a - b));
  });

  it("stays finite where the inverse temperature is huge", () => {
    const values = apply(elementwise([2], { slopes: [0, 1] }), Float64Array.of(1e300, -1e300), 1 - 2 ** -53);
    expect([...values]).toEqual([1e300, 0]);
  });
});

it("soft units tend to the hard ones: sup (relu − swish_η) = 0.278465/η", () => {
  const x = Float64Array.from({ length: 20001 }, (_, i) => (i - 10000) / 500);
  for (const eta of [1, 4, 64]) {
    const soft = apply(unitKinds.relu!([20001]), x, eta / (1 + eta));
    const gap = x.reduce((most, u, k) => Math.max(most, Math.max(0, u) - soft[k]!), 0);
    expect(gap * eta).toBeLessThanOrEqual(0.2784651);
    if (eta < 10) expect(gap * eta).toBeGreaterThan(0.2784);
  }
});

it("the fast loops do what the definition says, ties and missing values included", () => {
  const source = random(17);
  const ties = Float64Array.from({ length: 3 * 36 }, () => source.integer(3) - 1);
  const pool = (selectors: "pieces" | "-pieces"): QuantizerBody =>
    quantizer({
      inputs: [[4, 3, 3]],
      output: [2, 2, 3],
      reads: {
        type: "window",
        size: [3, 2],
        strides: [2, 2],
        dilations: [1, 1],
        padding: [
          [1, 0],
          [0, 1],
        ],
      },
      pieces: "values",
      selectors,
    });
  const perUnit = { rows: 4, slopes: normals(source, 12), offsets: normals(source, 12) };
  const units = [
    pool("pieces"),
    pool("-pieces"),
    elementwise([36], perUnit),
    elementwise([36], { ...perUnit, selectors: "-pieces" }),
    elementwise([36], { ...perUnit, selectors: { rows: 3, slopes: normals(source, 9) } }),
  ];
  for (const unit of units)
    for (const x of [ties, normals(source, 3 * 36)]) expect(quantize(named(unit), x)).toEqual(quantizeAny(unitsOf(unit), 1, x));
});

it("forward and trace run hard units, and no soft ones, through the given compute", () => {
  let calls = 0;
  const compute: Compute = {
    ...plainCompute,
    quantizeHard: (units, v) => {
      calls++;
      return plainCompute.quantizeHard(units, v);
    },
  };
  const x = normals(random(8), 12);
  const net = sequence([4], named(unitKinds.relu!([4])), named(softKinds.swish!([4])), named(unitKinds["max of pairs"]!([4])));
  expect(forward(net, x, { compute })).toEqual(forward(net, x));
  expect(trace(net, x, { compute })).toEqual(trace(net, x));
  expect(calls).toBe(4);
});
