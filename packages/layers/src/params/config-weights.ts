import { MasoError } from "@maso/core";
import type { TfjsLayer } from "../define-plugin";
import type { Pair } from "./numbers";
import type { Tensor } from "./tensor";
import { configPair } from "./tfjs-config";

/** What a layer's settings say of an extent; nothing where absent. */
type Extent = number | null;

/** A setting that is an extent: `units`, `filters`. */
export function configExtent({ config }: TfjsLayer, setting: string): Extent {
  const value = config[setting];
  return value === undefined || value === null ? null : Number(value);
}

/** The kernel_size of an image's convolution. */
export function kernelExtents({ config }: TfjsLayer): readonly [Extent, Extent] {
  const size: number | Pair | null = config.kernel_size === undefined ? null : configPair(config.kernel_size, 1);
  return size === null ? [null, null] : typeof size === "number" ? [size, size] : size;
}

/** A weight, in the shape that the layer's settings need. Throws "shape". */
export function configWeight({ weights, name }: TfjsLayer, which: string, expected: readonly Extent[]): Tensor {
  const weight = weights[which]!;
  const { shape } = weight;
  if (shape.length === expected.length && expected.every((extent, axis) => extent === null || extent === shape[axis])) return weight;
  const needed = expected.map((extent) => extent ?? "any").join(", ");
  throw new MasoError("shape", `weight ${name}/${which} has the shape [${shape.join(", ")}]; the layer's settings need [${needed}]`);
}

/** The bias, where the layer has one. Throws "shape". */
export function configBias(layer: TfjsLayer, length: Extent): Tensor | undefined {
  return layer.config.use_bias === false ? undefined : configWeight(layer, "bias", [length]);
}
