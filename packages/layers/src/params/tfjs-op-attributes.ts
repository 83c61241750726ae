import { formatShape, MasoError } from "@maso/core";
import type { TfjsNode } from "../tfjs-node";
import type { Padding, Pair } from "./numbers";
import type { ResizeMethod } from "./resize-method";
import { wholesAt } from "./tfjs-operands";

/** Ops whose data_format NCHW TensorFlow.js obeys; all others it computes as NHWC. */
const CHANNELS_FIRST = new Set(["Conv2D", "_FusedConv2D", "DepthToSpace", "SpaceToDepth"]);

/** Strides, padding and dilations of a convolution of images, its input number `data`. */
export function convolutionAttributes(
  node: TfjsNode,
  data = 0,
): { readonly strides: Pair; readonly padding: Padding; readonly dilations: Pair } {
  checkImage(node, data);
  return { strides: spatial(node, "strides"), padding: paddingOf(node), dilations: spatial(node, "dilations", [1, 1, 1, 1]) };
}

/** Window, strides and padding of a pool over images. */
export function poolAttributes(node: TfjsNode): { readonly poolSize: Pair; readonly strides: Pair; readonly padding: Padding } {
  checkImage(node, 0);
  return { poolSize: spatial(node, "ksize"), strides: spatial(node, "strides"), padding: paddingOf(node) };
}

/** The block of an op that turns channels into pixels or back. */
export function blockAttributes(node: TfjsNode): { readonly blockSize: number } {
  checkImage(node, 0);
  return { blockSize: node.attributes.number("block_size") };
}

/** The size, from input 1, and the conventions of an op that resizes images. */
export function resizeAttributes(
  node: TfjsNode,
  method: ResizeMethod,
): {
  readonly method: ResizeMethod;
  readonly size: Pair;
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
} {
  checkImage(node, 0);
  const [height, width, ...more] = wholesAt(node, 1, "size");
  if (height === undefined || width === undefined || more.length > 0)
    throw new MasoError("format", "its size needs to be two numbers, height and width");
  return {
    method,
    size: [height, width],
    alignCorners: node.attributes.flag("align_corners", false),
    halfPixelCenters: node.attributes.flag("half_pixel_centers", false),
  };
}

/** Height and width of an image whose whole shape is input i. */
export function imageSize(node: TfjsNode, i: number): Pair {
  const shape = wholesAt(node, i, "output shape");
  const [batch, height, width] = shape;
  if (shape.length !== 4 || batch !== 1 || height === undefined || width === undefined)
    throw new MasoError("format", `its output shape is ${formatShape(shape)}; expected one image, [1, height, width, channels]`);
  return [height, width];
}

/** Whether data_format says NCHW. Refuses where TensorFlow.js does not obey it. */
export function isChannelsFirst({ op, attributes }: TfjsNode): boolean {
  const format = attributes.text("data_format", "NHWC");
  if (format === "NHWC") return false;
  if (format !== "NCHW") throw new MasoError("refused", `its data_format is ${format}; expected NHWC or NCHW`);
  if (!CHANNELS_FIRST.has(op))
    throw new MasoError("refused", `TensorFlow.js computes ${op} on NHWC images whatever its data_format, NCHW, says`);
  return true;
}

function checkImage(node: TfjsNode, data: number): void {
  isChannelsFirst(node);
  const shape = node.inputs[data]?.shape;
  if (shape?.length !== 4) throw new MasoError("shape", `it reads ${shape ? formatShape(shape) : "nothing"}; expected images of 4 axes`);
  if (shape[0] !== 1)
    throw new MasoError("refused", `it reads a batch of ${shape[0]} images, into which another layer made the one that comes in`);
}

/** Height and width of an attribute that gives all four axes in the order of data_format. Those of batch and channels must be 1. */
function spatial(node: TfjsNode, name: string, fallback?: readonly number[]): Pair {
  const values = node.attributes.numbers(name, fallback);
  const [first, second, third, fourth] = values;
  if (values.length !== 4 || first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new MasoError("format", `attr.${name}: expected 4 numbers, got ${formatShape(values)}`);
  const channelsFirst = isChannelsFirst(node);
  const [channels, height, width] = channelsFirst ? [second, third, fourth] : [fourth, second, third];
  if (first !== 1 || channels !== 1) throw new MasoError("refused", `its ${name} ${formatShape(values)} go over the batch or the channels`);
  if (channelsFirst && (second !== height || third !== width))
    throw new MasoError(
      "refused",
      `TensorFlow.js reads ${name} ${formatShape(values)} of an NCHW image as ${formatShape([second, third])}`,
    );
  return [height, width];
}

function paddingOf(node: TfjsNode): Padding {
  const padding = node.attributes.text("padding");
  const edges = node.attributes.numbers("explicit_paddings", []);
  if (padding === "EXPLICIT") return explicitPadding(edges, isChannelsFirst(node));
  if (edges.length > 0)
    throw new MasoError("format", `attr.explicit_paddings: expected none with padding ${padding}, got ${formatShape(edges)}`);
  if (padding === "SAME") return "same";
  if (padding === "VALID") return "valid";
  throw new MasoError("format", `attr.padding: expected SAME, VALID or EXPLICIT, got ${padding}`);
}

/** [before, after] of each axis in the order of data_format. */
function explicitPadding(edges: readonly number[], channelsFirst: boolean): Padding {
  if (edges.length !== 8) throw new MasoError("format", `attr.explicit_paddings: expected 8 numbers, got ${formatShape(edges)}`);
  const edge = (axis: number): Pair => [edges[2 * axis]!, edges[2 * axis + 1]!];
  const [channels, height, width] = channelsFirst ? [1, 2, 3] : [3, 1, 2];
  if ([...edge(0), ...edge(channels)].some((zeros) => zeros !== 0))
    throw new MasoError("refused", `its explicit_paddings ${formatShape(edges)} pad the batch or the channels`);
  return [edge(height), edge(width)];
}
