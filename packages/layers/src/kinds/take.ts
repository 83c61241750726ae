import { checkShape, MasoError, sizeOf } from "@maso/core";
import { optional, strictObject } from "valibot";
import { gather } from "../affine/gather";
import { offsetIndex, offsetsAlong } from "../affine/gather-by-offsets";
import { type Chain, definePlugin, type Refusal, refuse, shaped } from "../define-plugin";
import { oneInput, resolveAxis } from "../params/image-shape";
import { integerValue } from "../params/integer-value";
import { axisOf, inputAt, reshapeStep } from "../params/on-axes";
import { anyRank } from "../params/tensor";
import { constantAt, wholesAt } from "../params/tfjs-operands";
import type { TfjsNode } from "../tfjs-node";

/** The places of an axis that `indices` name, in the shape that they have. */
export const take = definePlugin({
  kind: "take",
  params: strictObject({ indices: anyRank(() => null), axis: optional(integerValue, 0) }),
  build: ({ indices, axis }, inputs) => {
    const shape = oneInput(inputs);
    const at = resolveAxis(axis, shape.length);
    const odd = indices.data.find((place) => !(Number.isInteger(place) && place >= 0 && place < shape[at]!));
    if (odd !== undefined)
      throw new MasoError("params", `expected whole numbers from 0 to ${shape[at]! - 1}, got ${odd}`, { at: "indices" });
    const output = [...shape.slice(0, at), ...indices.shape, ...shape.slice(at + 1)];
    checkShape("take", output);
    const offsets = shape.map((_, a) => offsetsAlong(shape, a, a === at ? [...indices.data] : undefined));
    return gather([shape], output, offsetIndex(offsets));
  },
  tfjs: {
    ops: {
      Gather: (node) => gathered(node, 0),
      GatherV2: (node) => {
        const batches = node.attributes.number("batch_dims", 0);
        if (batches !== 0) return refuse(`its batch_dims are ${batches}; only 0 is supported`);
        return gathered(node, node.inputs.length < 3 ? 0 : wholesAt(node, 2, "axis")[0]!);
      },
    },
  },
});

function gathered(node: TfjsNode, givenAxis: number): Chain | Refusal {
  const value = inputAt(node, 0, "values");
  const { shape } = value;
  const axis = axisOf(givenAxis, shape.length);
  if (inputAt(node, 1, "indices").constant === null)
    return refuse("it looks up places that its input names, which is not piecewise affine");
  const { shape: places, data } = constantAt(node, 1, "indices");
  const indices = { shape: [sizeOf(places)], data };
  const whole = [...shape.slice(0, axis), ...places, ...shape.slice(axis + 1)];
  const hasBatch = shape[0] === 1;
  return hasBatch && axis > 0
    ? shaped(whole, { kind: "take", params: { indices, axis: axis - 1 } })
    : shaped(whole, ...(hasBatch ? [reshapeStep(shape)] : []), { kind: "take", params: { indices, axis } });
}
