import { type AffineOperator, elementwise, type OperatorBody, sparseVector, upper } from "@maso/core";
import { describe, expect, it } from "vitest";
import { type AnyPlugin, definePlugin, type LayerPlugin } from "../../src";
import { conformance } from "../../src/testing";

/** Runs the kit on one plugin; the names of the laws that fail. */
function brokenLaws(plugin: AnyPlugin, inputs: readonly number[][] = [[3]], params?: unknown): string[] {
  const failed: string[] = [];
  conformance(plugin, [{ name: "it", inputs, params }], {
    test: (name, law) => {
      try {
        law();
      } catch {
        failed.push(name.replace(/^.*?: /, ""));
      }
    },
  });
  return failed;
}

const matrix = [
  [1, -2, 0.5],
  [0, 3, 1],
];

/** x ↦ A x, with one part replaced. */
function affine(broken: Partial<AffineOperator>): LayerPlugin<"affine", object, object> {
  const times = (v: Float64Array, from: number, entries: number[][]): Float64Array =>
    Float64Array.from({ length: (v.length / from) * entries.length }, (_, i) =>
      entries[i % entries.length]!.reduce((sum, entry, j) => sum + entry * v[Math.floor(i / entries.length) * from + j]!, 0),
    );
  const transposed = matrix[0]!.map((_, j) => matrix.map((row) => row[j]!));
  const sound: OperatorBody = {
    type: "affine",
    inputs: [[3]],
    output: [2],
    bias: Float64Array.of(1, -1),
    linear: ([v]) => times(v!, 3, matrix),
    adjoint: (u) => [times(u, 2, transposed)],
    row: (k) => sparseVector(3, (j) => matrix[k]![j]!),
    column: (j) => sparseVector(2, (k) => matrix[k]![j]!),
  };
  return definePlugin({ kind: "affine", build: () => ({ ...sound, ...broken }) as OperatorBody });
}

const sign = (beta = 1): OperatorBody => elementwise([3], { slopes: [0, 0], offsets: [-1, 1], selectors: { slopes: [0, 1] }, beta });

describe("the kit passes what is sound", () => {
  it("an affine layer", () => expect(brokenLaws(affine({}))).toEqual([]));
  it("a step, which jumps and says so", () => expect(brokenLaws(definePlugin({ kind: "step", build: () => sign() }))).toEqual([]));
});

describe("each law catches a layer that breaks it", () => {
  it.each([
    [
      "⟨A v, u⟩ = ⟨v, Aᵀ u⟩, of the local map and of the derivative",
      affine({ adjoint: (u) => [Float64Array.from({ length: (u.length / 2) * 3 }, (_, i) => u[Math.floor(i / 3) * 2]!)] }),
    ],
    ["the action is that of its rows", affine({ row: (k) => sparseVector(3, (j) => matrix[1 - k]![j]!) })],
    ["rows and columns are those of one matrix", affine({ column: () => sparseVector(2, () => 1) })],
    ["|A| r is that of its rows", affine({ magnitude: ([r]) => new Float64Array((r!.length / 3) * 2) })],
    ["gain is not violated by pairs", affine({ gain: () => upper(0.1) })],
    ["interval contains samples", affine({ magnitude: ([r]) => new Float64Array((r!.length / 3) * 2) })],
    ["shapes are those it declares", affine({ output: [3] })],
    [
      "f(x) = A[x] x + b[x], by its action and by its rows",
      affine({ linear: ([v]) => Float64Array.from({ length: (v!.length / 3) * 2 }, (_, i) => v![Math.floor(i / 2) * 3]! ** 2) }),
    ],
    [
      "a row of a batch is what the row alone gives, to the bit",
      affine({ linear: ([v]) => Float64Array.from({ length: (v!.length / 3) * 2 }, () => v![0]!) }),
    ],
    [
      "no argument is changed",
      affine({
        linear: ([v]) => {
          v![0] = 7;
          return new Float64Array((v!.length / 3) * 2);
        },
      }),
    ],
  ])("%s", (law, plugin) => expect(brokenLaws(plugin)).toContain(law));

  it("kind, parameters and shapes rebuild it, after a clone and from a file", () => {
    let built = 0;
    const forgetful = definePlugin({ kind: "forgetful", build: (_, [shape]) => elementwise(shape!, { slopes: [0, ++built] }) });
    expect(brokenLaws(forgetful)).toContain("kind, parameters and shapes rebuild it, after a clone and from a file");
  });

  it("a case that does not build", () => {
    const strict = definePlugin({ kind: "strict", build: (): OperatorBody => JSON.parse("{") });
    expect(brokenLaws(strict)).toEqual(["builds"]);
  });
});
