import { checkShape, formatShape, MasoError, type Shape, sameShape, sizeOf } from "@maso/core";
import { optional, strictObject } from "valibot";
import { gather } from "../affine/gather";
import { joinedIndex } from "../affine/joined-index";
import { definePlugin } from "../define-plugin";
import { resolveAxis } from "../params/image-shape";
import { integerValue } from "../params/integer-value";
import { packNode } from "../params/join-nodes";

/** Inputs of one shape, laid along a new axis. */
export const stack = definePlugin({
  kind: "stack",
  params: strictObject({ axis: optional(integerValue, 0) }),
  build: ({ axis }, inputs) => {
    const shape: Shape = inputs[0]!;
    const odd = inputs.find((each) => !sameShape(each, shape));
    if (odd) throw new MasoError("shape", `inputs of shapes ${formatShape(shape)} and ${formatShape(odd)} need one shape`);
    const at = resolveAxis(axis, shape.length + 1);
    const output = [...shape.slice(0, at), inputs.length, ...shape.slice(at)];
    checkShape("stack", output);
    return gather(inputs, output, joinedIndex(inputs, sizeOf(output.slice(0, at))));
  },
  tfjs: { ops: { Pack: packNode } },
});
