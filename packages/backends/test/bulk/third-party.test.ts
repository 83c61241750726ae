import { affineTable, elementwise, type Network, network, type OperatorBody, quantizer, sizeOf, sparseVector } from "@maso/core";
import { type AnyPlugin, definePlugin } from "@maso/layers";
import { conformance } from "@maso/layers/testing";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it, test, vi } from "vitest";
import { compile } from "../../src";
import { devices } from "./devices";

/** Four teeth, each a piece picked where its selector is largest: neither convex nor a function that any backend has. */
const teeth = definePlugin({
  kind: "teeth",
  build: (_: object, [shape]) =>
    elementwise(shape!, { slopes: [1, -1, 1, -1], offsets: [2, 0, 0, 2], selectors: { slopes: [0, 1, 2, 3], offsets: [0, 1, 1, 0] } }),
});

/** Of each three neighbours: their mean, the first minus the last, or 1; picked by selectors of their own, in tables of two rows. */
const trio = definePlugin({
  kind: "trio",
  build: (_: object, [shape]) => {
    const size = sizeOf(shape!);
    const third = 1 / 3;
    return quantizer({
      inputs: [shape!],
      output: [size],
      reads: {
        type: "indices",
        arity: 3,
        table: Int32Array.from({ length: 3 * size }, (_, i) => reach(Math.floor(i / 3) + (i % 3) - 1, size)),
      },
      pieces: affineTable(3, { rows: 2, slopes: [...rows(third), ...rows(-third)], offsets: [0, 0, 1, 0, 0, 1] }),
      selectors: affineTable(3, { rows: 1, slopes: [0, 1, 0, 0.5, 0, 0.5, 0, 0, 0], offsets: [0, 0, 0.25] }),
    });
  },
});
const reach = (at: number, size: number): number => (at < size ? at : -1);
const rows = (third: number): number[] => [third, third, third, 1, 0, -1, 0, 0, 0];

describe("nonlinearities defined by their pieces alone run on every backend with no code of theirs", () => {
  const plugins: readonly AnyPlugin[] = [teeth, trio];
  for (const plugin of plugins)
    conformance(plugin, [{ inputs: [[6]] }, { inputs: [[2, 4]] }], { test, backends: devices, backendsOnly: true, runs: 4 });
});

/** y = (x_1 + 2 x_0, x_2 + 2 x_1, ...), by its own action alone; every kind gets the notice once. */
function shiftedSum(kind: string): Network {
  const sum = (v: Float64Array, by: number): Float64Array =>
    v.map((value, i) => 2 * value + (v[i - (i % 3) + (((i % 3) + by + 3) % 3)] ?? 0));
  const entries = (k: number, by: number) => sparseVector(3, (j) => (j === k ? 2 : j === (k + by + 3) % 3 ? 1 : 0));
  const body: OperatorBody = {
    type: "affine",
    inputs: [[3]],
    output: [3],
    bias: Float64Array.of(1, 0, -1),
    linear: ([v]) => sum(v!, 1),
    adjoint: (u) => [sum(u, -1)],
    row: (k) => entries(k, 1),
    column: (j) => entries(j, -1),
  };
  return network({ inputs: [[3]], nodes: [{ id: "sum", op: { ...body, kind, params: {} }, from: [0] }], output: 1 });
}

describe("an affine operator that says nothing of its form runs its plain version, with one notice", () => {
  for (const { name, absent } of devices)
    it.skipIf(absent !== undefined)(`on ${name}${absent ? ` (${absent})` : ""}`, async () => {
      const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
      const kind = `shifted-sum-${name}`;
      const first = await compile(shiftedSum(kind), { backend: name });
      const compiled = await compile(shiftedSum(kind), { backend: name });
      expect(warn.mock.calls.flat().filter((text) => String(text).includes(kind))).toHaveLength(1);
      warn.mockRestore();
      const x = tf.tensor2d([1, 2, 4, 0, 1, 0], [2, 3]);
      expect([...(await compiled.forward(x).data())]).toEqual([5, 8, 8, 2, 2, -1]);
      expect([...(await compiled.vjp(x, x).data())]).toEqual([6, 5, 10, 0, 2, 1]);
      expect([...(await compiled.templates(x).data())].slice(0, 9)).toEqual([2, 1, 0, 0, 2, 1, 1, 0, 2]);
      first.dispose();
      compiled.dispose();
    });
});
