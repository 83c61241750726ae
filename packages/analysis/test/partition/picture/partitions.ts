import { type SlicePartition, slicePartition, slices } from "../../../src";
import { chainOf, convolutional, weights } from "../../networks";

/** 2-16-16-3 and 2-12-1, random. */
export const classes = chainOf(
  [2],
  ["dense", { weight: weights(1, 16, 2), bias: weights(2, 16) }],
  ["relu"],
  ["dense", { weight: weights(3, 16, 16), bias: weights(4, 16) }],
  ["relu"],
  ["dense", { weight: weights(5, 3, 16), bias: weights(6, 3) }],
);
export const single = chainOf(
  [2],
  ["dense", { weight: weights(7, 12, 2), bias: weights(8, 12) }],
  ["relu"],
  ["dense", { weight: weights(9, 1, 12) }],
);

/** Small partitions of several kinds of network; the last one's window is no square. */
export async function somePartitions(): Promise<readonly (readonly [name: string, partition: SlicePartition])[]> {
  const square = slices.axisAligned(2, 0, 1);
  const wide = slices.axisAligned(128, 5, 70, [
    [-3, 3],
    [-1, 1],
  ]);
  return [
    ["three outputs", await slicePartition(classes, square)],
    ["one output", await slicePartition(single, square)],
    ["a convolution with max-pool", await slicePartition(convolutional, wide)],
  ];
}
