import { MasoError, type Network } from "@maso/core";
import type { SlicePartition } from "../partition-result";
import type { Slice } from "../slice";
import { type PartitionOptions, slicePartition } from "../slice-partition";

/** The same slice of several networks, in order: a training run's checkpoints, say. Throws what slicePartition throws, or "params" for none. */
export async function partitionSequence(
  networks: readonly Network[],
  slice: Slice,
  options: PartitionOptions = {},
): Promise<readonly SlicePartition[]> {
  if (networks.length === 0) throw new MasoError("params", "partitionSequence: no networks given; at least one is needed");
  const { onProgress } = options;
  const frames: SlicePartition[] = [];
  for (const network of networks)
    frames.push(
      await slicePartition(network, slice, {
        ...options,
        onProgress: onProgress && ((fraction) => onProgress((frames.length + fraction) / networks.length)),
      }),
    );
  return frames;
}
