import { writeNetworkFile } from "@maso/layers";
import type { TestProject } from "vitest/node";
import { type Slice, slicePartition, slices } from "../../src";
import { chainOf, weights } from "../networks";
import { bitsOf } from "./bits-of";
import { randomCase } from "./random-networks";

/** A network and a slice as files have them, and what Node makes of them. */
export interface PartitionInNode {
  readonly name: string;
  readonly network: ReturnType<typeof writeNetworkFile>;
  readonly slice: { readonly origin: number[]; readonly axes: [number[], number[]]; readonly window: number[] };
  readonly regions: number;
  readonly bits: Readonly<Record<string, string>>;
}

declare module "vitest" {
  interface ProvidedContext {
    partitionsInNode: readonly PartitionInNode[];
  }
}

/** Runs before the tests in browsers, which find the same to the bit. */
export default async function provide(project: TestProject): Promise<void> {
  const found: PartitionInNode[] = [];
  for (const [name, { network, slice }] of Object.entries(cases)) {
    const partition = await slicePartition(network, slice);
    const { regions } = partition.summary;
    found.push({ name, network: writeNetworkFile(network), slice: numbersOf(slice), regions, bits: await bitsOf(partition) });
  }
  project.provide("partitionsInNode", found);
}

/** Many signs of the first two are left to exact arithmetic. */
const cases = {
  "convolutions and a maximum": randomCase(29),
  "convolutions, a skip and a max-pool": randomCase(67),
  "PReLU, clip and skips": randomCase(11),
  "dense 2-45-3-4": {
    network: chainOf(
      [2],
      ["dense", { weight: weights(1, 45, 2), bias: weights(2, 45) }],
      ["relu"],
      ["dense", { weight: weights(3, 3, 45), bias: weights(4, 3) }],
      ["relu"],
      ["dense", { weight: weights(5, 4, 3), bias: weights(6, 4) }],
    ),
    slice: slices.axisAligned(2, 0, 1),
  },
};

function numbersOf({ origin, axes, window }: Slice): PartitionInNode["slice"] {
  return { origin: [...origin], axes: [[...axes[0]], [...axes[1]]], window: [...window] };
}
