import { describe, expect, it } from "vitest";
import { elementwise, forward, gain, harden, interval, isContinuous, isMaso, type Norm, type QuantizerBody, random, soften } from "../src";
import { matrixOperator, multilayer, named, normals, sequence } from "./support/tiny";
import { softKinds, unitKinds } from "./support/units";

const all = { ...unitKinds, ...softKinds };
const norms: readonly Norm[] = [1, 2, "inf"];

const length = (v: Float64Array, norm: Norm): number =>
  norm === "inf" ? v.reduce((a, b) => Math.max(a, Math.abs(b)), 0) : norm === 1 ? v.reduce((a, b) => a + Math.abs(b), 0) : Math.hypot(...v);

describe.each(Object.keys(all))("%s", (name) => {
  const native = multilayer(41, [3, 6, 4, 2], all[name]!);

  it.each([
    ["native", native],
    ["soft", soften(native, 0.4, { all: true })],
  ])("interval contains what sampled points give, %s", (_, net) => {
    const source = random(9);
    for (const radius of [0, 1e-3, 0.1, 2]) {
      const centre = normals(source, 3);
      const [lower, upper] = [centre.map((value) => value - radius), centre.map((value) => value + radius)];
      const box = interval(net, { lower, upper });
      for (let sample = 0; sample < 50; sample++) {
        const values = forward(
          net,
          lower.map((low, i) => low + source.uniform() * (upper[i]! - low)),
        );
        values.forEach((value, k) => {
          expect(value).toBeGreaterThanOrEqual(box.lower[k]!);
          expect(value).toBeLessThanOrEqual(box.upper[k]!);
        });
      }
    }
  });

  it.each(norms)("gain in norm %s is not violated by sampled pairs", (norm) => {
    const source = random(10);
    for (const net of [native, soften(native, 0.4, { all: true })]) {
      const { value } = gain(net, norm);
      expect(value).toBeLessThan(Infinity);
      for (let sample = 0; sample < 100; sample++) {
        const [x, step] = [normals(source, 3), normals(source, 3).map((v) => v * 10 ** (-3 * source.uniform()))];
        const [from, to] = [
          forward(net, x),
          forward(
            net,
            x.map((v, i) => v + step[i]!),
          ),
        ];
        expect(
          length(
            to.map((v, k) => v - from[k]!),
            norm,
          ),
        ).toBeLessThanOrEqual(value * length(step, norm) * (1 + 1e-9));
      }
    }
  });
});

const unitGain = (body: QuantizerBody, norm: Norm = 2): number => gain(named(body), norm).value;

describe("gains that are known", () => {
  it("of hard units", () => {
    expect(unitGain(unitKinds.relu!([4]))).toBe(1);
    expect(unitGain(unitKinds["concave PReLU"]!([4]))).toBeCloseTo(2.5, 12);
    expect(unitGain(unitKinds["GroupSort of 2"]!([4]))).toBe(1);
    expect(unitGain(unitKinds["max of pairs"]!([4]))).toBeCloseTo(Math.SQRT2, 12);
  });

  it("of soft ones: swish 1.0998, |x| at β = ½ 1.1997, sigmoid ¼, tanh 1", () => {
    expect(unitGain(softKinds.swish!([4]))).toBeCloseTo(1.09984, 5);
    expect(gain(soften(sequence([4], named(unitKinds["absolute value"]!([4]))), 0.5)).value).toBeCloseTo(1.19968, 5);
    expect(unitGain(softKinds.sigmoid!([4]))).toBeCloseTo(0.25, 12);
    expect(unitGain(softKinds.tanh!([4]))).toBeCloseTo(1, 12);
  });

  it("of a matrix, in the norms 1 and ∞", () => {
    const op = matrixOperator([
      [1, -2],
      [3, 4],
      [0, 0.5],
    ]);
    expect(gain(op, 1).value).toBeCloseTo(6.5, 12);
    expect(gain(op, "inf").value).toBeCloseTo(7, 12);
    expect(gain(op, 2).value).toBeGreaterThanOrEqual(5.1);
  });

  it("is infinite where a unit jumps", () => {
    expect(gain(harden(sequence([1], named(softKinds.sigmoid!([1]))))).value).toBe(Infinity);
  });
});

describe("continuity", () => {
  it("holds for every hard kind, and for soft kinds until they are hardened", () => {
    for (const unit of Object.values(unitKinds)) expect(isContinuous(named(unit([4])))).toBe(true);
    for (const [name, unit] of Object.entries(softKinds)) {
      expect(isContinuous(named(unit([4])))).toBe(true);
      expect(isContinuous(harden(sequence([4], named(unit([4])))))).toBe(name === "swish");
    }
  });

  it("is decided per table row, by what happens at ties that win", () => {
    const clip = (low: number, high: number): QuantizerBody =>
      elementwise([1], {
        slopes: [0, 0.1, 0],
        offsets: [low, 0.3, high],
        selectors: { slopes: [0, 0.1, 0.2], offsets: [0, 0.3 - low, 0.6 - low - high] },
      });
    expect(isContinuous(named(clip(0.1, 0.7)))).toBe(true);
    const threshold = elementwise([2], {
      rows: 2,
      slopes: [0, 1, 0, 1],
      selectors: { rows: 2, slopes: [0, 1, 0, 1], offsets: [0, 0, 0, -0.5] },
    });
    expect(isContinuous(named(threshold))).toBe(false);
  });
});

it("says per unit whether it is a max-affine spline", () => {
  expect(isMaso(named(unitKinds.relu!([1])), 0)).toBe(true);
  expect(isMaso(named(unitKinds["concave PReLU"]!([1])), 0)).toBe(false);
  expect(isMaso(named(unitKinds.clip!([1])), 0)).toBe(false);
  const mixed = named(elementwise([2], { rows: 2, slopes: [0.5, 1, 2, 1], selectors: { rows: 2, slopes: [0.5, 1, -2, -1] } }));
  expect([isMaso(mixed, 0), isMaso(mixed, 1)]).toEqual([true, false]);
  expect([isMaso(named(unitKinds["max of pairs"]!([4])), 0), isMaso(named(unitKinds["min of pairs"]!([4])), 0)]).toEqual([true, false]);
});
