import { BLOCK_ROWS } from "./add-product";
import type { ConvGeometry } from "./compute";
import { type Frame, frame } from "./frame";

/** Where output pixels read: pixel i sees frame values frameBases[i] + offsets[j] + g·C for tap and channel j of group g. */
export interface Patches {
  /** Images done at once: one, or as many whole ones as a block of rows holds, so that blocks cut every image alike. */
  readonly batch: number;
  readonly frame: Frame;
  /** Per output pixel of a batch: its patch in the frames, its place among the output's values. */
  readonly frameBases: Int32Array;
  readonly pixelBases: Int32Array;
  /** Of the patch's values, in the kernel's order; and the same as runs of consecutive values. */
  readonly offsets: Int32Array;
  readonly runs: Int32Array;
  readonly length: number;
}

export function patches(geometry: ConvGeometry): Patches {
  const { input, output, kernel, strides, dilations, groups } = geometry;
  const pixels = output[0] * output[1];
  const batch = Math.max(1, Math.floor(BLOCK_ROWS / pixels));
  const images = frame(geometry, batch);
  const [height, width] = images.extents;
  const inputs = input[2] / groups;

  const frameBases = new Int32Array(batch * pixels);
  const pixelBases = new Int32Array(batch * pixels);
  for (let image = 0, i = 0; image < batch; image++)
    for (let y = 0; y < output[0]; y++)
      for (let x = 0; x < output[1]; x++, i++) {
        frameBases[i] = ((image * height + y * strides[0]) * width + x * strides[1]) * input[2];
        pixelBases[i] = i * output[2];
      }

  const offsets = new Int32Array(kernel[0] * kernel[1] * inputs);
  for (let ky = 0, j = 0; ky < kernel[0]; ky++)
    for (let kx = 0; kx < kernel[1]; kx++)
      for (let c = 0; c < inputs; c++, j++) offsets[j] = (ky * dilations[0] * width + kx * dilations[1]) * input[2] + c;
  const length = groups === 1 && dilations[1] === 1 ? kernel[1] * inputs : inputs;
  const runs = offsets.filter((_, j) => j % length === 0);
  return { batch, frame: images, frameBases, pixelBases, offsets, runs, length };
}
