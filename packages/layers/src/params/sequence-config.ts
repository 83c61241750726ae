import type { Padding, Pair } from "./numbers";
import { convolutionConfig, poolConfig } from "./tfjs-config";

type Config = Readonly<Record<string, unknown>>;

interface Along {
  readonly strides: number;
  readonly padding: "valid" | "same";
}

/** Strides, padding and dilations of a Keras convolution of sequences, or the reason why it is refused. */
export function sequenceConvolutionConfig(config: Config): (Along & { readonly dilations: number }) | string {
  const settings = convolutionConfig(config);
  return typeof settings === "string" ? settings : { ...along(settings), dilations: first(settings.dilations) };
}

/** Window, strides and padding of a Keras pooling layer of sequences, or the reason why it is refused. */
export function sequencePoolConfig(config: Config): (Along & { readonly poolSize: number }) | string {
  const settings = poolConfig(config);
  return typeof settings === "string" ? settings : { ...along(settings), poolSize: first(settings.poolSize) };
}

function along({ strides, padding }: { readonly strides: number | Pair; readonly padding: Padding }): Along {
  return { strides: first(strides), padding: padding === "same" ? "same" : "valid" };
}

/** Keras gives one number, or a list of one. */
function first(value: number | Pair): number {
  return typeof value === "number" ? value : value[0];
}
