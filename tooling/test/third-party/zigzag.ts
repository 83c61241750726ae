import { elementwise } from "@maso/core";
import { definePlugin } from "@maso/layers";

/** A triangle wave of three teeth, given by its pieces alone: ±x + offset, each picked where its selector is largest. */
export const zigzag = definePlugin({
  kind: "zigzag",
  build: (_: Record<never, never>, [shape]) =>
    elementwise(shape!, {
      slopes: [1, -1, 1, -1],
      offsets: [2, 0, 0, 2],
      selectors: { slopes: [0, 1, 2, 3], offsets: [0, 1, 1, 0] },
    }),
  tfjs: { layers: { Zigzag: () => ({}) } },
});

/** The same by hand: the tests' oracle. */
export function zigzagOf(x: number): number {
  if (x <= -1) return x + 2;
  if (x <= 0) return -x;
  return x <= 1 ? x : 2 - x;
}
