import { inputSize, MasoError, type Network } from "@maso/core";

/** A plane in input space with a convex window: x = origin + s·axes[0] + t·axes[1]. */
export interface Slice {
  /** [inputs]. */
  readonly origin: Float64Array;
  readonly axes: readonly [Float64Array, Float64Array];
  /** The window's corners (s, t), counter-clockwise and convex: [corners, 2]. */
  readonly window: Float64Array;
}

/** A rectangle in slice coordinates. */
export type Rectangle = readonly [s: readonly [number, number], t: readonly [number, number]];

const UNIT: Rectangle = [
  [-1, 1],
  [-1, 1],
];

/** Ways to lay a slice. Windows are [−1, 1]² unless another is given. */
export const slices = {
  /** The plane of three points: (s, t) = (0, 0), (1, 0) and (0, 1), in a window that holds them with a margin. */
  through(
    a: Float64Array,
    b: Float64Array,
    c: Float64Array,
    window: Rectangle = [
      [-0.25, 1.25],
      [-0.25, 1.25],
    ],
  ): Slice {
    const from = (point: Float64Array): Float64Array => point.map((value, i) => value - a[i]!);
    return { origin: a, axes: [from(b), from(c)], window: corners(window) };
  },
  /** x + s·u + t·v. */
  around(x: Float64Array, u: Float64Array, v: Float64Array, window: Rectangle = UNIT): Slice {
    return { origin: x, axes: [u, v], window: corners(window) };
  },
  /** Two inputs move, the others stay as in `origin` (0 where absent). */
  axisAligned(size: number, i: number, j: number, window: Rectangle = UNIT, origin = new Float64Array(size)): Slice {
    const unit = (at: number): Float64Array => Float64Array.from({ length: size }, (_, k) => (k === at ? 1 : 0));
    return { origin, axes: [unit(i), unit(j)], window: corners(window) };
  },
};

function corners([[s0, s1], [t0, t1]]: Rectangle): Float64Array {
  return Float64Array.of(s0, t0, s1, t0, s1, t1, s0, t1);
}

/** Throws "shape", "non-finite" or "params" where a slice does not fit a network or its window is no convex polygon with an area. */
export function checkSlice(network: Network, { origin, axes, window }: Slice): void {
  const size = inputSize(network);
  for (const [name, part] of Object.entries({ origin, "axes[0]": axes[0], "axes[1]": axes[1] })) {
    if (part.length !== size) throw new MasoError("shape", `slice: ${name} has ${part.length} values; the network's input needs ${size}`);
    if (!part.every(Number.isFinite)) throw new MasoError("non-finite", `slice: ${name} needs finite numbers`);
  }
  if (!window.every(Number.isFinite)) throw new MasoError("non-finite", "slice: window needs finite numbers");
  const count = window.length / 2;
  if (!Number.isInteger(count) || count < 3)
    throw new MasoError("params", `slice: window has ${window.length} numbers; expected at least 3 corners (s, t)`);
}
