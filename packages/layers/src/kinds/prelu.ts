import { elementwise, formatShape, MasoError, type Shape, sizeOf, type TableNumbers } from "@maso/core";
import { type GenericSchema, optional, pipe, strictObject, transform, union } from "valibot";
import { definePlugin } from "../define-plugin";
import { real } from "../params/numbers";
import { anyRank, type Tensor, type TensorInput } from "../params/tensor";

/** One number stands for a tensor of one. */
const slopes: GenericSchema<number | TensorInput, Tensor> = union(
  [
    pipe(
      real,
      transform((value) => ({ shape: [1], data: Float64Array.of(value) })),
    ),
    anyRank(() => null),
  ],
  "expected a number or an array of finite numbers",
);

/**
 * slope·x for x > 0 (x where absent), else αx: numbers of any sign and size, their axes aligned with the input's last ones, an axis of 1
 * shared.
 */
export const prelu = definePlugin({
  kind: "prelu",
  params: strictObject({ alpha: slopes, slope: optional(slopes) }),
  build: ({ alpha, slope }, [shape]) =>
    elementwise(shape!, preluTables(broadcast("alpha", alpha, shape!), slope ? broadcast("slope", slope, shape!) : ONE)),
  tfjs: { layers: { PReLU: ({ weights }) => ({ alpha: weights.alpha! }) } },
});

const ONE = Float64Array.of(1);

/** Pieces αx, slope·x; a unit is their maximum where α ≤ slope, else their minimum. */
function preluTables(
  alphas: Float64Array,
  positive: Float64Array,
): TableNumbers & { readonly selectors: TableNumbers | "pieces" | "-pieces" } {
  const rows = Math.max(alphas.length, positive.length);
  const units = Array.from({ length: rows }, (_, t) => ({ alpha: alphas[t % alphas.length]!, slope: positive[t % positive.length]! }));
  const convex = units.map(({ alpha, slope }) => alpha <= slope);
  const table = (sign: (t: number) => number): TableNumbers => ({
    rows,
    slopes: units.flatMap(({ alpha, slope }, t) => [sign(t) * alpha, sign(t) * slope]),
  });
  const pieces = table(() => 1);
  if (convex.every(Boolean)) return { ...pieces, selectors: "pieces" };
  if (!convex.some(Boolean)) return { ...pieces, selectors: "-pieces" };
  return { ...pieces, selectors: table((t) => (convex[t] ? 1 : -1)) };
}

/** The slope of each unit, without the leading axes over which it repeats: unit k has value k % length. */
function broadcast(name: string, { shape, data }: Tensor, input: Shape): Float64Array {
  const missing = input.length - shape.length;
  const aligned = [...new Array<number>(Math.max(0, missing)).fill(1), ...shape];
  if (missing < 0 || !aligned.every((extent, axis) => extent === 1 || extent === input[axis]))
    throw new MasoError(
      "shape",
      `${name} has shape ${formatShape(shape)}; input ${formatShape(input)} needs its last axes, each of the same extent or 1`,
      { at: name },
    );
  const leading = aligned.findIndex((extent) => extent !== 1);
  if (leading < 0) return data;
  const extents = input.slice(leading);
  const own = aligned.slice(leading);
  return Float64Array.from({ length: sizeOf(extents) }, (_, k) => data[sharedIndex(k, extents, own)]!);
}

/** The row-major index of position k of `extents` in a tensor whose axes are these or 1. */
function sharedIndex(k: number, extents: Shape, own: Shape): number {
  let index = 0;
  let step = 1;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    if (own[axis] !== 1) index += (k % extents[axis]!) * step;
    k = Math.floor(k / extents[axis]!);
    step *= own[axis]!;
  }
  return index;
}
