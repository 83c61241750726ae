import { sizeOf } from "../shape";
import type { ConvGeometry } from "./compute";

/** The images of a batch inside their padding, as far as the kernel reaches. */
export interface Frame {
  readonly extents: readonly [height: number, width: number];
  /** `count` images from image `from` on; without padding a view of them, else a copy that the next call overwrites. */
  read(images: Float64Array, from: number, count: number): Float64Array;
  /** Lets `write` add to framed zeros, and the images, zeros too, take what falls inside them. */
  add(images: Float64Array, from: number, count: number, write: (framed: Float64Array) => void): void;
}

export function frame(geometry: ConvGeometry, batch: number): Frame {
  const { input, padding } = geometry;
  const size = sizeOf(input);
  const [top, left] = [padding[0][0], padding[1][0]];
  const extents = [reach(geometry, 0), reach(geometry, 1)] as const;
  if (top === 0 && left === 0 && extents[0] <= input[0] && extents[1] <= input[1])
    return {
      extents: [input[0], input[1]],
      read: (images, from, count) => images.subarray(from * size, (from + count) * size),
      add: (images, from, count, write) => write(images.subarray(from * size, (from + count) * size)),
    };

  const framed = new Float64Array(batch * extents[0] * extents[1] * input[2]);
  const lines = Math.min(input[0], extents[0] - top);
  const values = Math.min(input[1], extents[1] - left) * input[2];
  /** Calls `each` with the places of every line that lies in both image and frame. */
  const eachLine = (from: number, count: number, each: (inImage: number, inFrame: number) => void): void => {
    for (let image = 0; image < count; image++)
      for (let y = 0; y < lines; y++)
        each((from + image) * size + y * input[1] * input[2], ((image * extents[0] + top + y) * extents[1] + left) * input[2]);
  };
  return {
    extents,
    read: (images, from, count) => {
      eachLine(from, count, (inImage, inFrame) => copy(images, inImage, framed, inFrame, values));
      return framed;
    },
    add: (images, from, count, write) => {
      framed.fill(0);
      write(framed);
      eachLine(from, count, (inImage, inFrame) => copy(framed, inFrame, images, inImage, values));
    },
  };
}

/** Positions from the first to the last one that the kernel reads along an axis. */
function reach({ output, kernel, strides, dilations }: ConvGeometry, axis: 0 | 1): number {
  return (output[axis] - 1) * strides[axis] + (kernel[axis] - 1) * dilations[axis] + 1;
}

/** A loop: for the few values of a line it is faster than set() of a subarray. */
function copy(source: Float64Array, from: number, target: Float64Array, to: number, count: number): void {
  for (let i = 0; i < count; i++) target[to + i] = source[from + i];
}
