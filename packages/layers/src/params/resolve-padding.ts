import { MasoError } from "@maso/core";
import type { Padding, Pair } from "./numbers";

/**
 * Zeros before and after each axis. "same" as TensorFlow counts it: outputs = ⌈input / stride⌉, the odd zero after.
 * Throws "shape" where the window does not fit into the padded image.
 */
export function resolvePadding(padding: Padding, input: Pair, size: Pair, strides: Pair, dilations: Pair): readonly [Pair, Pair] {
  return [axis(0), axis(1)];

  function axis(a: 0 | 1): Pair {
    const reach = (size[a] - 1) * dilations[a] + 1;
    const [before, after] = padding === "valid" ? [0, 0] : padding === "same" ? same(input[a], reach, strides[a]) : padding[a];
    if (input[a] + before + after < reach)
      throw new MasoError(
        "shape",
        `a window of ${reach} does not fit into ${input[a]} values with ${before} and ${after} zeros around them`,
        { at: "padding" },
      );
    return [before, after];
  }
}

function same(input: number, reach: number, stride: number): Pair {
  const total = Math.max(0, (Math.ceil(input / stride) - 1) * stride + reach - input);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** The number of positions of a window along one axis. */
export function windowPositions(input: number, [before, after]: Pair, size: number, stride: number, dilation: number): number {
  return Math.floor((input + before + after - (size - 1) * dilation - 1) / stride) + 1;
}
