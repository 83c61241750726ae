import type { Padding, Pair } from "./numbers";

type Config = Readonly<Record<string, unknown>>;

/** A pair that Keras gives as one number or two. */
export function configPair(value: unknown, fallback: number | Pair): number | Pair {
  if (Array.isArray(value)) return value.length === 1 ? Number(value[0]) : ([Number(value[0]), Number(value[1])] as const);
  return value === undefined || value === null ? fallback : Number(value);
}

/** Why a layer's data format is not supported, or null. */
export function formatProblem(config: Config): string | null {
  const format = config.data_format ?? "channels_last";
  return format === "channels_last" ? null : `data_format ${String(format)} is not supported; images need to be channels_last`;
}

/** Keras padding, or why it is none. */
export function configPadding(config: Config): Padding | null {
  const padding = config.padding ?? "valid";
  return padding === "valid" || padding === "same" ? padding : null;
}

export interface ConvolutionConfig {
  readonly strides: number | Pair;
  readonly padding: Padding;
  readonly dilations: number | Pair;
}

/** Strides, padding and dilations of a Keras convolution, or the reason why it is refused. */
export function convolutionConfig(config: Config): ConvolutionConfig | string {
  const problem = formatProblem(config);
  if (problem) return problem;
  const padding = configPadding(config);
  if (padding === null) return `padding ${String(config.padding)} is not supported; it needs to be valid or same`;
  return { strides: configPair(config.strides, 1), padding, dilations: configPair(config.dilation_rate, 1) };
}

export interface PoolConfig {
  readonly poolSize: number | Pair;
  readonly strides: number | Pair;
  readonly padding: Padding;
}

/** Window, strides and padding of a Keras pooling layer, or the reason why it is refused. */
export function poolConfig(config: Config): PoolConfig | string {
  const settings = convolutionConfig(config);
  if (typeof settings === "string") return settings;
  const poolSize = configPair(config.pool_size, 2);
  return { poolSize, strides: configPair(config.strides, poolSize), padding: settings.padding };
}

/** Edges of an image as Keras gives them: e, [height, width] or [[top, bottom], [left, right]]. */
export function edgesOf(value: unknown, fallback: number): readonly [Pair, Pair] {
  const axes: readonly unknown[] = Array.isArray(value) ? value : [value ?? fallback, value ?? fallback];
  const edge = (axis: unknown): Pair => (Array.isArray(axis) ? [Number(axis[0]), Number(axis[1])] : [Number(axis), Number(axis)]);
  return [edge(axes[0]), edge(axes[1])];
}
