import { elementwise, formatShape, MasoError, type Shape, sizeOf, type TableNumbers } from "@maso/core";
import { type GenericSchema, pipe, strictObject, transform, union } from "valibot";
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

/** x for x > 0, else αx; α of any sign and size, its axes aligned with the input's last ones, an axis of 1 shared. */
export const prelu = definePlugin({
  kind: "prelu",
  params: strictObject({ alpha: slopes }),
  build: ({ alpha }, [shape]) => elementwise(shape!, preluTables(broadcast(alpha, shape!))),
  tfjs: { layers: { PReLU: ({ weights }) => ({ alpha: weights.alpha! }) } },
});

/** Pieces αx, x; a unit is their maximum where α ≤ 1, their minimum where α > 1. */
function preluTables(alphas: Float64Array): TableNumbers & { readonly selectors: TableNumbers | "pieces" | "-pieces" } {
  const rows = alphas.length;
  const table = (sign: (alpha: number) => number): TableNumbers => ({
    rows,
    slopes: [...alphas].flatMap((alpha) => [sign(alpha) * alpha, sign(alpha)]),
  });
  const pieces = table(() => 1);
  if (alphas.every((alpha) => alpha <= 1)) return { ...pieces, selectors: "pieces" };
  if (alphas.every((alpha) => alpha > 1)) return { ...pieces, selectors: "-pieces" };
  return { ...pieces, selectors: table((alpha) => (alpha > 1 ? -1 : 1)) };
}

/** α of each unit, without the leading axes over which it repeats: unit k has value k % length. */
function broadcast({ shape, data }: Tensor, input: Shape): Float64Array {
  const missing = input.length - shape.length;
  const aligned = [...new Array<number>(Math.max(0, missing)).fill(1), ...shape];
  if (missing < 0 || !aligned.every((extent, axis) => extent === 1 || extent === input[axis]))
    throw new MasoError(
      "shape",
      `alpha has shape ${formatShape(shape)}; input ${formatShape(input)} needs its last axes, each of the same extent or 1`,
      { at: "alpha" },
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
