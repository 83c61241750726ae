import { checkShape, type QuantizerBody, quantizer, type Shape, windowOutput } from "@maso/core";
import { imageShape } from "./image-shape";
import type { Padding, Pair } from "./numbers";
import { resolvePadding } from "./resolve-padding";

/** Units that read the windows of an image, their pieces the values in them. */
export function windowQuantizer(
  { poolSize, strides = poolSize, padding }: { readonly poolSize: Pair; readonly strides?: Pair; readonly padding: Padding },
  inputs: readonly Shape[],
  beta: number,
): QuantizerBody {
  const image = imageShape(inputs);
  const reads = {
    type: "window",
    size: poolSize,
    strides,
    dilations: [1, 1],
    padding: resolvePadding(padding, [image[0], image[1]], poolSize, strides, [1, 1]),
  } as const;
  const output = windowOutput(reads, image);
  checkShape("pool", output);
  return quantizer({ inputs: [image], output, reads, pieces: "values", beta });
}
