import { type AffineTable, affineTable, elementwise, type Network, network, type QuantizerBody, quantizer } from "@maso/core";
import { builtins } from "@maso/layers";
import { describe, expect, it } from "vitest";
import { slicePartition, slices } from "../../src";
import { differences } from "./differences";
import { oracle } from "./oracle";
import { brokenLaws } from "./partition-laws";

/** 0.1 + 0.2 is rounded to this, so that a unit with slopes −0.2 and 0.1 bends close to where one with slopes 0 and this does, but not there. */
const ROUNDED = 0.1 + 0.2;

const named = (body: QuantizerBody) => ({ ...body, kind: "test", params: null });

/** Two layers that read the input, side by side. */
function beside(a: QuantizerBody, b: QuantizerBody): Network {
  const joined = builtins.operator("concat", {}, [a.output, b.output]);
  const nodes = [
    { id: "a", op: named(a), from: [0] },
    { id: "b", op: named(b), from: [0] },
    { id: "joined", op: joined, from: [1, 2] },
  ];
  return network({ inputs: [[2]], nodes, output: 3 });
}

function maxout(table: AffineTable): QuantizerBody {
  const reads = Int32Array.from({ length: 2 * table.rows }, (_, i) => i % 2);
  return quantizer({ inputs: [[2]], output: [table.rows], reads: { type: "indices", arity: 2, table: reads }, pieces: table });
}

const rows = [
  [0.1, 0.5, -0.2, 0],
  [ROUNDED, 0.5, 0, 0],
] as const;
const tableOf = (...some: readonly (readonly number[])[]): AffineTable =>
  affineTable(2, { rows: some.length, slopes: some.flat(), offsets: some.flatMap(() => [0, 0]) });

describe("cuts whose slopes or offsets are the same when they are rounded are not the same", () => {
  it.each([
    [
      "slopes",
      beside(elementwise([2], { slopes: [-0.2, 0.1], offsets: [0, 0.25] }), elementwise([2], { slopes: [0, ROUNDED], offsets: [0, 0.25] })),
    ],
    [
      "offsets",
      beside(elementwise([2], { slopes: [0, 1], offsets: [-0.2, 0.1] }), elementwise([2], { slopes: [0, 1], offsets: [0, ROUNDED] })),
    ],
    ["slopes of several values, of two layers", beside(maxout(tableOf(rows[0])), maxout(tableOf(rows[1])))],
    [
      "slopes of several values, of one layer",
      network({ inputs: [[2]], nodes: [{ id: "a", op: named(maxout(tableOf(...rows))), from: [0] }], output: 1 }),
    ],
  ])("%s", async (_, net) => {
    const slice = slices.axisAligned(2, 0, 1);
    const partition = await slicePartition(net, slice);
    expect([...brokenLaws(partition), ...differences(partition, oracle(net, slice))]).toEqual([]);
  });
});
