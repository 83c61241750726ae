import { MasoError } from "@maso/core";
import type { ConvGeometry } from "@maso/core/compute";
import type { backend_util } from "@tensorflow/tfjs-core";

/** What the kernels of convolutions are told beside their tensors; shapes are channels-last. */
export interface ConvAttributes {
  readonly strides: number | [number, number];
  readonly pad: "same" | "valid" | number | [[number, number], [number, number], [number, number], [number, number]];
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

export type ComputeInfo = typeof backend_util.computeConv2DInfo;

export interface BatchGeometry {
  readonly batch: number;
  readonly geometry: ConvGeometry;
}

/**
 * The geometry of a convolution from its shapes, as tfjs works it out. Throws "shape" where dy is not what the convolution of x has, and
 * whatever tfjs throws where there is no such convolution.
 */
export function convGeometry(
  who: string,
  computeInfo: ComputeInfo,
  { x, filter, dy }: Readonly<Record<"x" | "filter" | "dy", readonly number[]>>,
  { strides, pad, dilations, dimRoundingMode }: ConvAttributes,
  depthwise: boolean,
): BatchGeometry {
  for (const [name, shape] of Object.entries({ x, filter, dy }))
    if (shape.length !== 4) throw new MasoError("shape", `${who}: ${name} has the shape [${shape}]; needs four extents`, { at: name });
  if (x[3] !== filter[2]) throw new MasoError("shape", `${who}: the filter reads ${filter[2]} channels; x has ${x[3]}`, { at: "filter" });
  const info = computeInfo(four(x), four(filter), strides, dilations ?? 1, pad, dimRoundingMode, depthwise, "channelsLast");
  if (info.outShape.some((extent, i) => extent !== dy[i]))
    throw new MasoError("shape", `${who}: dy has the shape [${dy}]; the convolution of x [${x}] with [${filter}] has [${info.outShape}]`, {
      at: "dy",
    });
  const { top, bottom, left, right } = info.padInfo;
  return {
    batch: info.batchSize,
    geometry: {
      input: [info.inHeight, info.inWidth, info.inChannels],
      output: [info.outHeight, info.outWidth, info.outChannels],
      kernel: [info.filterHeight, info.filterWidth],
      strides: [info.strideHeight, info.strideWidth],
      dilations: [info.dilationHeight, info.dilationWidth],
      padding: [
        [top, bottom],
        [left, right],
      ],
      groups: depthwise ? info.inChannels : 1,
    },
  };
}

const four = (shape: readonly number[]) => [...shape] as [number, number, number, number];
