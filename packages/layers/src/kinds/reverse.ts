import { array, strictObject } from "valibot";
import { gatherByOffsets, offsetsAlong, range } from "../affine/gather-by-offsets";
import { type Chain, definePlugin, shaped } from "../define-plugin";
import { oneInput, resolveAxis } from "../params/image-shape";
import { integerValue } from "../params/integer-value";
import { asTheyLie, inputAt, onAxes } from "../params/on-axes";
import { wholesAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

/** The values of some axes in the opposite order. */
export const reverse = definePlugin({
  kind: "reverse",
  params: strictObject({ axes: array(integerValue, "expected an array of axes") }),
  build: ({ axes }, inputs) => {
    const shape = oneInput(inputs);
    const turned = new Set(axes.map((axis) => resolveAxis(axis, shape.length, "axes")));
    return gatherByOffsets(
      shape,
      shape.map((extent, axis) => offsetsAlong(shape, axis, turned.has(axis) ? [...range(extent)].reverse() : undefined)),
    );
  },
  tfjs: {
    ops: {
      ReverseV2: {
        anyLayout: (node) =>
          reversed(
            node,
            wholesAt(node, 1, "axes").map((axis) => node.axis(axis)),
          ),
      },
      Reverse: {
        anyLayout: (node) =>
          reversed(
            node,
            asTheyLie(node, wholesAt(node, 1, "dims"), "dims").flatMap((turn, axis) => (turn ? [axis] : [])),
          ),
      },
    },
  },
});

function reversed(node: TfjsNode, axes: readonly number[]): Chain {
  const value = inputAt(node, 0, "values");
  const turned = value.shape.map((extent, axis) => axes.includes(axis) && extent > 1);
  const steps = onAxes(
    value,
    turned,
    (each) => !each,
    (own) => ({ kind: "reverse", params: { axes: own.flatMap((each, axis) => (each ? [axis] : [])) } }),
  );
  return shaped(value.shape, ...steps);
}
