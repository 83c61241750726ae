import { formatShape, MasoError } from "@maso/core";
import { array, strictObject } from "valibot";
import { gatherByOffsets, offsetsAlong, range } from "../affine/gather-by-offsets";
import { type Chain, definePlugin, shaped } from "../define-plugin";
import { configNumbers } from "../params/config-numbers";
import { oneInput } from "../params/image-shape";
import { whole } from "../params/numbers";
import { axisOf, inputAt, onAxes } from "../params/on-axes";
import { wholesAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

/** Axes in another order: axis i of the output is axis axes[i] of the input. */
export const permute = definePlugin({
  kind: "permute",
  params: strictObject({ axes: array(whole(0), "expected an array of axes") }),
  build: ({ axes }, inputs) => {
    const shape = oneInput(inputs);
    if (!isPermutation(axes, shape.length))
      throw new MasoError(
        "params",
        `expected a permutation of the ${shape.length} axes of input ${formatShape(shape)}, got ${formatShape(axes)}`,
        {
          at: "axes",
        },
      );
    return gatherByOffsets(
      shape,
      axes.map((axis) => offsetsAlong(shape, axis)),
    );
  },
  tfjs: {
    layers: { Permute: ({ config }) => ({ axes: configNumbers(config, "dims").map((axis) => axis - 1) }) },
    ops: { Transpose: transposed },
  },
});

function transposed(node: TfjsNode): Chain {
  const value = inputAt(node, 0, "values");
  const { shape } = value;
  const axes = wholesAt(node, 1, "perm").map((axis) => axisOf(axis, shape.length));
  if (!isPermutation(axes, shape.length))
    throw new MasoError("format", `its perm is ${formatShape(axes)}; expected a permutation of ${shape.length} axes`);
  const moves = axes.map((axis, i) => ({ axis, by: axis - i }));
  const steps = onAxes(
    value,
    moves,
    ({ by }) => by === 0,
    (own) => ({ kind: "permute", params: { axes: own.map(({ axis }) => axis - (shape.length - own.length)) } }),
  );
  return shaped(
    axes.map((axis) => shape[axis]!),
    ...steps,
  );
}

function isPermutation(axes: readonly number[], rank: number): boolean {
  return axes.length === rank && range(rank).every((axis) => axes.includes(axis));
}
