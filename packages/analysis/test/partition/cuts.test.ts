import { elementwise, type Quantizer, random, unitsOf } from "@maso/core";
import { builtins } from "@maso/layers";
import { expect, it } from "vitest";
import { cutsOf } from "../../src/partition/cuts";

/** What is found where each input is said to be the first of its class: unit by unit. */
function unitByUnit(op: Quantizer) {
  return cutsOf(
    op,
    Int32Array.from({ length: unitsOf(op).inputSize }, (_, i) => i),
  );
}

it.each([
  ["relu", {}],
  ["leaky-relu", { alpha: 0.3 }],
  ["leaky-relu", { alpha: 1 }],
  ["leaky-relu", { alpha: -2.5 }],
  ["clip", { min: -1, max: 2 }],
  ["abs", {}],
])("cuts of units that are alike (%s, %o) are those found unit by unit", (kind, params) => {
  const op = builtins.operator(kind, params, [[7]]) as Quantizer;
  expect(cutsOf(op, null)).toEqual(unitByUnit(op));
});

it("so are those of any pieces, some of them equal, below the others or parallel", () => {
  const { uniform } = random(3);
  const numbers = (count: number): number[] => Array.from({ length: count }, () => Math.floor(5 * uniform()) - 2);
  const counts = new Set<number>();
  for (let i = 0; i < 200; i++) {
    const pieces = 1 + (i % 4);
    const selectors = { slopes: numbers(pieces), offsets: numbers(pieces) };
    const body = elementwise([3], { slopes: numbers(pieces), offsets: numbers(pieces), ...(i % 2 && { selectors }) });
    const op: Quantizer = { kind: "units", params: null, ...body };
    const cuts = cutsOf(op, null);
    expect(cuts).toEqual(unitByUnit(op));
    counts.add(cuts.count);
  }
  expect([...counts].sort()).toEqual([0, 3, 6, 9]);
});
