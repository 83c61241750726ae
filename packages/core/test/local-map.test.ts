import { describe, expect, it } from "vitest";
import { derivative, forward, harden, identityError, localMap, network, random, soften } from "../src";
import { matrixOperator, multilayer, named, normals, randomMatrix } from "./support/tiny";
import { softKinds, unitKinds } from "./support/units";

const all = { ...unitKinds, ...softKinds };

describe.each(Object.keys(all))("a network of %s", (name) => {
  const hardOrNative = multilayer(7, [4, 6, 6, 3], all[name]!);
  const cases = { "as it is": hardOrNative, "at β = 0.3": soften(hardOrNative, 0.3, { all: true }) };
  const x = normals(random(11), 4 * 5);

  it.each(Object.entries(cases))("satisfies f(x) = A[x]x + b[x], %s", (_, net) => {
    for (let row = 0; row < 5; row++) expect(identityError(net, x.subarray(row * 4, row * 4 + 4))).toBeLessThan(1e-14);
  });

  it.each(Object.entries(cases))("has a linear and an adjoint that agree, in batches with several rows a point, %s", (_, net) => {
    const source = random(12);
    for (const map of [localMap(net, x), derivative(net, x)]) {
      const v = normals(source, 4 * 10);
      const u = normals(source, 3 * 10);
      const av = map.linear(v);
      const atu = map.adjoint(u);
      for (let row = 0; row < 10; row++) {
        const left = dot(av.subarray(row * 3, row * 3 + 3), u.subarray(row * 3, row * 3 + 3));
        const right = dot(atu.subarray(row * 4, row * 4 + 4), v.subarray(row * 4, row * 4 + 4));
        expect(Math.abs(left - right)).toBeLessThan(1e-12 * (1 + Math.abs(left)));
        const alone = localMap(net, x.slice(Math.floor(row / 2) * 4, Math.floor(row / 2) * 4 + 4));
        if (map.type === "local-map") expect(alone.linear(v.slice(row * 4, row * 4 + 4))).toEqual(av.slice(row * 3, row * 3 + 3));
      }
    }
  });

  it("has the derivative that central differences give", () => {
    const net = soften(hardOrNative, 0.3, { all: true });
    const h = 1e-5;
    const v = normals(random(13), 4);
    for (let row = 0; row < 5; row++) {
      const at = x.subarray(row * 4, row * 4 + 4);
      const along = (t: number): Float64Array =>
        forward(
          net,
          at.map((value, i) => value + t * v[i]!),
        );
      const [ahead, behind, exact] = [along(h), along(-h), derivative(net, at.slice()).linear(v)];
      exact.forEach((value, k) => expect((ahead[k]! - behind[k]!) / (2 * h)).toBeCloseTo(value, 6));
    }
  });
});

it("keeps local map and derivative apart for soft codes, together for hard ones", () => {
  const hard = multilayer(7, [3, 5, 2], unitKinds.relu!);
  const x = normals(random(2), 3);
  const v = normals(random(3), 3);
  expect(localMap(hard, x).linear(v)).toEqual(derivative(hard, x).linear(v));
  const soft = soften(hard, 0.5);
  expect(localMap(soft, x).linear(v)).not.toEqual(derivative(soft, x).linear(v));
  expect(localMap(harden(soft), x).linear(v)).toEqual(localMap(hard, x).linear(v));
});

it("sums over branches that share a source, and over several inputs", () => {
  const source = random(21);
  const [a, b] = [randomMatrix(source, 3, 2), randomMatrix(source, 3, 4)];
  const max = { ...named(unitKinds.relu!([3])), inputs: [[3], [3]], pieces: "values" as const, selectors: "pieces" as const };
  const net = network({
    inputs: [[2], [4]],
    nodes: [
      { id: "a", op: matrixOperator(a), from: [0] },
      { id: "b", op: matrixOperator(b), from: [1] },
      { id: "max", op: max, from: [2, 3] },
      { id: "again", op: max, from: [4, 2] },
    ],
    output: 5,
  });
  const x = normals(source, 6);
  const times = (m: number[][], v: Float64Array): number[] => m.map((row) => row.reduce((sum, w, j) => sum + w * v[j]!, 0));
  const expected = times(a, x.subarray(0, 2)).map((value, k) => Math.max(value, times(b, x.subarray(2))[k]!));
  expect([...forward(net, x)]).toEqual(expected);
  expect(identityError(net, x)).toBeLessThan(1e-15);
});

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
