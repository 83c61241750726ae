import { type Random, sizeOf } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import { normals, type Values } from "./run-kernel";

export type Pad = "same" | "valid" | number | [[number, number], [number, number], [number, number], [number, number]];

export interface Convolution {
  readonly x: readonly [batch: number, height: number, width: number, channels: number];
  readonly filter: readonly [height: number, width: number, channels: number, outputs: number];
  readonly depthwise?: boolean;
  readonly strides?: readonly [number, number];
  readonly pad?: Pad;
  readonly dilations?: readonly [number, number];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** The kernel calls that a convolution's gradients take, with seeded values; `terms` is the number of products in the longest sum. */
export interface GradientCall {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, Values>>;
  readonly attributes: object;
  readonly terms: number;
}

export function gradientCalls(source: Random, convolution: Convolution): GradientCall[] {
  const { x, filter, depthwise = false, strides = [1, 1], pad = "valid", dilations = [1, 1], dimRoundingMode } = convolution;
  const shape = outputShape(convolution);
  const attributes = { strides, pad, dilations, dimRoundingMode, dataFormat: "NHWC", filterShape: filter, inputShape: x };
  const values = { x: normals(source, x), dy: normals(source, shape), filter: normals(source, filter) };
  const positions = sizeOf(shape.slice(0, 3));
  const byFilter = { inputs: { x: values.x, dy: values.dy }, attributes, terms: positions };
  if (!depthwise) return [{ kernel: "Conv2DBackpropFilter", ...byFilter }];
  const taps = filter[0] * filter[1] * filter[3];
  return [
    { kernel: "DepthwiseConv2dNativeBackpropFilter", ...byFilter },
    { kernel: "DepthwiseConv2dNativeBackpropInput", inputs: { dy: values.dy, filter: values.filter }, attributes, terms: taps },
  ];
}

/** Of dy; tfjs's own arithmetic. */
export function outputShape({
  x,
  filter,
  depthwise,
  strides = [1, 1],
  pad = "valid",
  dilations = [1, 1],
  dimRoundingMode,
}: Convolution): number[] {
  const computeInfo = tf.backend_util.computeConv2DInfo;
  return computeInfo([...x], [...filter], [...strides], [...dilations], pad, dimRoundingMode, depthwise).outShape;
}

/** A convolution of moderate size that has outputs. */
export function randomConvolution(source: Random, depthwise: boolean): Convolution {
  const some = (most: number): number => 1 + source.integer(most);
  const explicit: Pad = [
    [0, 0],
    [source.integer(3), source.integer(3)],
    [source.integer(3), source.integer(3)],
    [0, 0],
  ];
  const channels = some(20);
  const convolution: Convolution = {
    x: [some(3), some(14), some(14), channels],
    filter: [some(4), some(4), channels, depthwise ? some(3) : some(20)],
    depthwise,
    strides: [some(3), some(3)],
    pad: (["same", "valid", explicit] as const)[source.integer(3)]!,
  };
  return outputShape(convolution).every((extent) => extent > 0) ? convolution : randomConvolution(source, depthwise);
}
