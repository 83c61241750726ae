import { checkShape, type QuantizerBody, quantizer, type Shape, type Window, windowOutput } from "@maso/core";
import { imageShape } from "./image-shape";
import type { Padding, Pair } from "./numbers";
import { resolvePadding } from "./resolve-padding";
import { columnPadding, type SequencePadding, sequenceShape } from "./sequence";

/** Units that read the windows of an image, their pieces the values in them. */
export function windowQuantizer(
  { poolSize, strides = poolSize, padding }: { readonly poolSize: Pair; readonly strides?: Pair; readonly padding: Padding },
  inputs: readonly Shape[],
  beta: number,
): QuantizerBody {
  const image = imageShape(inputs);
  const zeros = resolvePadding(padding, [image[0], image[1]], poolSize, strides, [1, 1]);
  return windows(image, { size: poolSize, strides, padding: zeros }, beta);
}

/** The same along a sequence. */
export function sequenceQuantizer(
  { poolSize, strides = poolSize, padding }: { readonly poolSize: number; readonly strides?: number; readonly padding: SequencePadding },
  inputs: readonly Shape[],
  beta: number,
): QuantizerBody {
  const sequence = sequenceShape(inputs);
  const [zeros] = resolvePadding(columnPadding(padding), [sequence[0], 1], [poolSize, 1], [strides, 1], [1, 1]);
  return windows(sequence, { size: [poolSize], strides: [strides], padding: [zeros] }, beta);
}

function windows(input: Shape, { size, strides, padding }: Pick<Window, "size" | "strides" | "padding">, beta: number): QuantizerBody {
  const reads = { type: "window", size, strides, dilations: size.map(() => 1), padding } as const;
  const output = windowOutput(reads, input);
  checkShape("pool", output);
  return quantizer({ inputs: [input], output, reads, pieces: "values", beta });
}
