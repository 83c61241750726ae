import type { ConvGeometry } from "../compute/compute";
import type { Random } from "../random";
import { sizeOf } from "../shape";
import { pick } from "./numbers";

/** Sixty at random over strides, dilations, uneven padding, groups and depthwise, with more than one output per channel too. */
export function randomGeometries(source: Random): readonly ConvGeometry[] {
  const any = (low: number, high: number): number => pick(source, low, high);
  const found: ConvGeometry[] = [];
  while (found.length < 60) {
    const groups = any(1, 3) === 1 ? any(2, 9) : 1;
    const inputs = groups * (any(0, 1) === 0 ? 1 : any(1, 4));
    const geometry = geometryOf({
      input: [any(1, 11), any(1, 11), inputs],
      kernel: [any(1, 4), any(1, 4)],
      outputs: groups * any(1, groups === 1 ? 9 : 3),
      strides: [any(1, 3), any(1, 3)],
      dilations: [any(1, 2), any(1, 3)],
      padding: [
        [any(0, 2), any(0, 2)],
        [any(0, 2), any(0, 2)],
      ],
      groups,
    });
    if (sizeOf(geometry.output) > 0) found.push(geometry);
  }
  return found;
}

/** What a random geometry may miss: wide padding, a kernel as large as the image, unread edges, many channels, many pixels. */
export const specialGeometries: readonly ConvGeometry[] = [
  geometryOf({ input: [1, 1, 1], kernel: [1, 1], outputs: 1 }),
  geometryOf({ input: [5, 4, 3], kernel: [5, 4], outputs: 6 }),
  geometryOf({ input: [3, 3, 2], kernel: [2, 2], outputs: 3, padding: around([4, 5], [6, 3]) }),
  geometryOf({ input: [3, 3, 4], kernel: [2, 2], outputs: 4, groups: 4, padding: around([4, 5], [6, 3]) }),
  geometryOf({ input: [8, 9, 2], kernel: [3, 2], outputs: 5, strides: [4, 5] }),
  geometryOf({ input: [8, 9, 2], kernel: [1, 1], outputs: 5, strides: [3, 2], padding: around([0, 2], [0, 1]) }),
  geometryOf({ input: [11, 9, 1], kernel: [3, 3], outputs: 8 }),
  geometryOf({ input: [12, 12, 3], kernel: [3, 3], outputs: 5, padding: around([1, 1], [1, 1]) }),
  geometryOf({ input: [7, 6, 20], kernel: [1, 1], outputs: 9 }),
  geometryOf({ input: [14, 13, 19], kernel: [3, 3], outputs: 19, groups: 19, strides: [2, 1], padding: around([1, 0], [1, 2]) }),
  geometryOf({ input: [6, 7, 70], kernel: [3, 2], outputs: 11, dilations: [2, 1], padding: around([2, 2], [0, 1]) }),
];

type Parts = Pick<ConvGeometry, "input" | "kernel"> & { readonly outputs: number } & Partial<ConvGeometry>;

export function geometryOf({
  input,
  kernel,
  outputs,
  strides = [1, 1],
  dilations = [1, 1],
  padding = around([0, 0], [0, 0]),
  groups = 1,
}: Parts): ConvGeometry {
  const positions = (axis: 0 | 1): number => {
    const room = input[axis] + padding[axis][0] + padding[axis][1] - (kernel[axis] - 1) * dilations[axis] - 1;
    return room < 0 ? 0 : Math.floor(room / strides[axis]) + 1;
  };
  return { input, output: [positions(0), positions(1), outputs], kernel, strides, dilations, padding, groups };
}

export function kernelSize({ kernel, input, output, groups }: ConvGeometry): number {
  return (kernel[0] * kernel[1] * input[2] * output[2]) / groups;
}

function around(vertical: readonly [number, number], horizontal: readonly [number, number]): ConvGeometry["padding"] {
  return [vertical, horizontal];
}
