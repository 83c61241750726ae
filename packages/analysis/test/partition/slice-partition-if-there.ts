import { existsSync } from "node:fs";
import type { Network } from "@maso/core";
import type { SlicePartition } from "../../src/partition/partition-result";
import type { Slice } from "../../src/partition/slice";

export type SlicePartitionFunction = (network: Network, slice: Slice, options?: object) => Promise<SlicePartition>;

/** The engine under test; null as long as its file is not there. */
export async function slicePartitionIfThere(): Promise<SlicePartitionFunction | null> {
  const file = new URL("../../src/partition/slice-partition.ts", import.meta.url);
  if (!existsSync(file)) return null;
  const module = (await import(/* @vite-ignore */ file.href)) as { readonly slicePartition: SlicePartitionFunction };
  return module.slicePartition;
}
