import { wasmCompute } from "@maso/backends/compute";
import { type Compute, type Network, network, quantizer } from "@maso/core";
import { describe, expect, it } from "vitest";
import { type Slice, slicePartition, slices } from "../../src";
import { chainOf, weights } from "../networks";
import { bitsOf } from "./bits-of";
import { randomCase } from "./random-networks";
import { randomTies } from "./random-ties";

interface Counts {
  cut: number;
  left: number;
  settled: number;
}

/** wasm whose kernels count the meshes that they cut, those that they left to TypeScript, and the signs that they asked for. */
async function counting(): Promise<{ readonly compute: Compute; readonly counts: Counts }> {
  const counts = { cut: 0, left: 0, settled: 0 };
  const wasm = await wasmCompute();
  const compute: Compute = {
    ...wasm,
    async rowKernels() {
      const kernels = await wasm.rowKernels!();
      return {
        ...kernels,
        *cutFaces(mesh, cuts) {
          const settle: typeof cuts.settle = (...asked) => {
            counts.settled++;
            return cuts.settle(...asked);
          };
          const parts = yield* kernels.cutFaces!(mesh, { ...cuts, settle });
          if (parts === null) counts.left++;
          else counts.cut++;
          return parts;
        },
      };
    },
  };
  return { compute, counts };
}

async function expectSame(network: Network, slice: Slice, blockFaces: number, compute: Compute): Promise<void> {
  const plain = await slicePartition(network, slice, { blockFaces });
  const wasm = await slicePartition(network, slice, { blockFaces, compute });
  expect(wasm.summary).toEqual(plain.summary);
  expect(await bitsOf(wasm)).toEqual(await bitsOf(plain));
}

/** Seeded, of layers with some unit. */
function dense(unit: Parameters<typeof chainOf>[1], seed: number, ...widths: readonly number[]): Network {
  const layers = widths
    .slice(1)
    .flatMap((units, l): Parameters<typeof chainOf>[1][] => [
      ["dense", { weight: weights(seed + 2 * l, units, widths[l]!), bias: weights(seed + 2 * l + 1, units) }],
      unit,
    ]);
  return chainOf([widths[0]!], ...layers.slice(0, -1));
}

describe("partitions in wasm have the bits of those in TypeScript", () => {
  it("of dense networks, most of whose meshes are cut in wasm", async () => {
    const { compute, counts } = await counting();
    for (let seed = 1; seed <= 12; seed++)
      for (const blockFaces of [16, 300]) {
        const network = dense(seed % 2 === 0 ? ["relu"] : ["leaky-relu", { alpha: 0.25 }], 10 * seed, 2, 21, 33, 18, 3);
        await expectSame(network, slices.axisAligned(2, 0, 1), blockFaces, compute);
      }
    expect(counts.cut).toBeGreaterThan(10 * counts.left);
  });

  it.each([0, 100, 200])("of a hundred random networks from seed %i on", async (first) => {
    const { compute, counts } = await counting();
    for (let seed = first; seed < first + 100; seed++) {
      const { network, slice } = randomCase(seed);
      await expectSame(network, slice, 16, compute);
    }
    expect(counts.cut).toBeGreaterThan(20);
    expect(counts.settled).toBeGreaterThan(0);
  });

  it("of units of two values between whose pieces one of them decides", async () => {
    const { compute, counts } = await counting();
    for (let seed = 1; seed <= 3; seed++) await expectSame(sumsWithReLU(10 * seed, 12), slices.axisAligned(2, 0, 1), 16, compute);
    expect(counts.cut).toBe(0);
  });

  it("of networks with ties, which are left to TypeScript where there are some", async () => {
    const { compute, counts } = await counting();
    for (let seed = 0; seed < 60; seed++) {
      const { network, slice } = randomTies(seed);
      await expectSame(network, slice, 16, compute);
    }
    expect(counts.left).toBeGreaterThan(5);
  });
});

/** Dense layers, and between them units max(x_k + x_{k + 1}, x_{k + 1}). */
function sumsWithReLU(seed: number, units: number): Network {
  const [first, last] = [
    chainOf([2], ["dense", { weight: weights(seed, units, 2), bias: weights(seed + 1, units) }]),
    chainOf([units], ["dense", { weight: weights(seed + 2, 2, units), bias: weights(seed + 3, 2) }]),
  ];
  const table = Int32Array.from({ length: 2 * units }, (_, i) => ((i >> 1) + (i & 1)) % units);
  const body = quantizer({
    inputs: [[units]],
    output: [units],
    reads: { type: "indices", arity: 2, table },
    pieces: { rows: 1, pieces: 2, arity: 2, slopes: Float64Array.of(1, 1, 0, 1), offsets: new Float64Array(2) },
  });
  const nodes = [
    first.nodes[0]!,
    { id: "sums", op: { ...body, kind: "sums", params: {} }, from: [1] },
    { ...last.nodes[0]!, id: "last", from: [2] },
  ];
  return network({ inputs: [[2]], nodes, output: 3 });
}
