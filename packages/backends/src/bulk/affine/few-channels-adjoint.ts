import type { ConvGeometry } from "@maso/core";
import { matMul, type Tensor2D } from "@tensorflow/tfjs-core";
import type { Constants } from "../constants";
import { onParts } from "./on-parts";
import { type SparseMatrix, sparseProduct } from "./sparse-product";

/** Channels up to which a convolution would leave most lanes of its output empty: XNNPACK makes eight channels at a time. */
const FEW = 4;

/** Whether the images that a convolution reads have so few channels. */
export function hasFewChannels({ input, groups }: ConvGeometry): boolean {
  return groups === 1 && input[2] <= FEW;
}

/**
 * The adjoint of a convolution of images with few channels: what each position sends to each tap is one matrix product, and a sparse one
 * sums what arrives at a pixel.
 */
export function fewChannelsAdjoint(kernel: Float64Array, geometry: ConvGeometry, constants: Constants): (u: Tensor2D) => Tensor2D {
  const { input, output } = geometry;
  const [channels, outputs] = [input[2], output[2]];
  const positions = output[0] * output[1];
  const width = kernel.length / outputs;
  const sent = new Float64Array(kernel.length);
  for (let at = 0; at < width; at++) for (let d = 0; d < outputs; d++) sent[d * width + at] = kernel[at * outputs + d]!;
  const matrix = constants.matrix(sent, outputs, width) as Tensor2D;
  const sum = sparseProduct(arrivals(geometry), constants);
  return (u) => {
    const products = onParts(u, outputs, (parts) => matMul(parts, matrix));
    const result = sum(products);
    products.dispose();
    return result;
  };

  /** Row: a pixel. Column: a position and a tap. */
  function arrivals({ kernel: [height, across], strides, dilations, padding }: ConvGeometry): SparseMatrix {
    const rowStart = new Int32Array(input[0] * input[1] + 1);
    const indices: number[] = [];
    for (let y = 0, pixel = 0; y < input[0]; y++)
      for (let x = 0; x < input[1]; x++) {
        for (let i = 0; i < height; i++) {
          const oy = (y + padding[0][0] - i * dilations[0]) / strides[0];
          if (!Number.isInteger(oy) || oy < 0 || oy >= output[0]) continue;
          for (let j = 0; j < across; j++) {
            const ox = (x + padding[1][0] - j * dilations[1]) / strides[1];
            if (Number.isInteger(ox) && ox >= 0 && ox < output[1]) indices.push(((oy * output[1] + ox) * height + i) * across + j);
          }
        }
        rowStart[++pixel] = indices.length;
      }
    return { rowStart, indices: Int32Array.from(indices), values: null, columns: positions * height * across, channels };
  }
}
