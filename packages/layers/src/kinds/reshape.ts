import { formatShape, MasoError, type Shape, sizeOf } from "@maso/core";
import { array, check, integer, minValue, number, pipe, strictObject } from "valibot";
import { sameValues } from "../affine/gather";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { expandNode, reshapeNode, squeezeNode } from "../params/reshape-nodes";

const extent = pipe(
  number("expected a number"),
  integer("expected a whole number"),
  minValue(-1, "expected extents of at least 1, or -1 for the rest"),
);

/** The same values, row-major, in another shape; one extent may be −1: whatever is left. */
export const reshape = definePlugin({
  kind: "reshape",
  params: strictObject({
    shape: pipe(
      array(extent, "expected an array of extents"),
      check((shape) => !shape.includes(0) && shape.indexOf(-1) === shape.lastIndexOf(-1), "expected positive extents and at most one -1"),
    ),
  }),
  build: ({ shape }, inputs) => sameValues(oneInput(inputs), resolved(shape, oneInput(inputs))),
  tfjs: {
    layers: { Reshape: ({ config }) => ({ shape: (config.target_shape as (number | null)[]).map((extent) => extent ?? -1) }) },
    ops: { Reshape: reshapeNode, Squeeze: squeezeNode, ExpandDims: expandNode },
  },
});

function resolved(shape: Shape, input: Shape): Shape {
  const known = sizeOf(shape.filter((extent) => extent > 0));
  const rest = sizeOf(input) / known;
  const output = shape.map((extent) => (extent < 0 ? rest : extent));
  if (!Number.isInteger(rest) || sizeOf(output) !== sizeOf(input))
    throw new MasoError("shape", `${formatShape(input)} has ${sizeOf(input)} values, which do not fit into ${formatShape(shape)}`, {
      at: "shape",
    });
  return output;
}
