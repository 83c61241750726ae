import { affineTable, formatShape, MasoError, quantizer, sizeOf } from "@maso/core";
import { check, optional, pipe, strictObject } from "valibot";
import { definePlugin } from "../define-plugin";
import { whole } from "../params/numbers";

/**
 * Consecutive pairs along the last axis in ascending order (Anil et al. 2019, arXiv 1811.05381). The first unit of a pair (a, b) reads a, b
 * and takes the smaller, the second reads b, a and takes the larger, so that equal codes are a permutation, ties included.
 */
export const groupSort = definePlugin({
  kind: "group-sort",
  params: strictObject({
    size: optional(
      pipe(
        whole(1),
        check(
          (size) => size === 2,
          ({ input }) => `expected 2, got ${input}: middle values are no maximum or minimum of what a unit reads`,
        ),
      ),
      2,
    ),
  }),
  build: (_, [shape]) => {
    const last = shape?.at(-1) ?? 1;
    if (last % 2 !== 0)
      throw new MasoError("shape", `size is 2; the last axis of input ${formatShape(shape ?? [])} needs to be a multiple of it`, {
        at: "size",
      });
    return quantizer({
      inputs: [shape!],
      output: shape!,
      reads: { type: "indices", arity: 2, table: Int32Array.from({ length: 2 * sizeOf(shape!) }, (_, i) => readAt(i)) },
      pieces: "values",
      selectors: affineTable(2, { rows: 2, slopes: [-1, 0, 0, -1, 1, 0, 0, 1] }),
    });
  },
});

/** Of each pair (a, b): a, b, b, a. */
function readAt(i: number): number {
  const first = 2 * Math.floor(i / 4);
  return first + ([0, 1, 1, 0][i % 4] ?? 0);
}
