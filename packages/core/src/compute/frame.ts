import { sizeOf } from "../shape";
import type { ConvGeometry } from "./compute";

/** The images of a batch inside their padding, as far as the kernel reaches. */
export interface Frame {
  readonly extents: readonly [height: number, width: number];
  /** The values of one framed image. */
  readonly size: number;
  /** Copies `count` images from image `from` on into their frames; what lies around them is not touched. */
  enter(images: Float64Array, from: number, count: number, framed: Float64Array): void;
  /** The inverse of enter: images take what falls inside them. */
  leave(framed: Float64Array, from: number, count: number, images: Float64Array): void;
  /** Framed images, zeros around them; without padding a view of them, else a copy that the next call overwrites. */
  read(images: Float64Array, from: number, count: number): Float64Array;
  /** Lets `write` add to framed zeros, and the images, zeros too, take what falls inside them. */
  add(images: Float64Array, from: number, count: number, write: (framed: Float64Array) => void): void;
}

export function frame(geometry: ConvGeometry, batch: number): Frame {
  const { input, padding } = geometry;
  const size = sizeOf(input);
  const [top, left] = [padding[0][0], padding[1][0]];
  const reached = [reach(geometry, 0), reach(geometry, 1)] as const;
  if (top === 0 && left === 0 && reached[0] <= input[0] && reached[1] <= input[1])
    return {
      extents: [input[0], input[1]],
      size,
      enter: (images, from, count, framed) => framed.set(images.subarray(from * size, (from + count) * size)),
      leave: (framed, from, count, images) => images.set(framed.subarray(0, count * size), from * size),
      read: (images, from, count) => images.subarray(from * size, (from + count) * size),
      add: (images, from, count, write) => write(images.subarray(from * size, (from + count) * size)),
    };

  const lines = Math.min(input[0], reached[0] - top);
  const values = Math.min(input[1], reached[1] - left) * input[2];
  const framedSize = reached[0] * reached[1] * input[2];
  /** Calls `each` with the places of every line that lies in both image and frame. */
  const eachLine = (from: number, count: number, each: (inImage: number, inFrame: number) => void): void => {
    for (let image = 0; image < count; image++)
      for (let y = 0; y < lines; y++)
        each((from + image) * size + y * input[1] * input[2], image * framedSize + ((top + y) * reached[1] + left) * input[2]);
  };
  const enter: Frame["enter"] = (images, from, count, framed) =>
    eachLine(from, count, (inImage, inFrame) => copy(images, inImage, framed, inFrame, values));
  const leave: Frame["leave"] = (framed, from, count, images) =>
    eachLine(from, count, (inImage, inFrame) => copy(framed, inFrame, images, inImage, values));
  let own: Float64Array | undefined;
  const ownFrames = (): Float64Array => {
    own ??= new Float64Array(batch * framedSize);
    return own;
  };
  return {
    extents: reached,
    size: framedSize,
    enter,
    leave,
    read: (images, from, count) => {
      enter(images, from, count, ownFrames());
      return ownFrames();
    },
    add: (images, from, count, write) => {
      const framed = ownFrames().fill(0);
      write(framed);
      leave(framed, from, count, images);
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
