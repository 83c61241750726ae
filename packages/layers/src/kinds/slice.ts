import { formatShape, MasoError } from "@maso/core";
import { array, check, nullable, optional, pipe, strictObject } from "valibot";
import { gatherByOffsets, offsetsAlong } from "../affine/gather-by-offsets";
import { slicePlaces } from "../affine/slice-places";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { integerValue } from "../params/integer-value";
import { sliceNode, splitNode, splitVNode, unpackNode } from "../params/slice-nodes";
import { stridedSliceNode } from "../params/strided-slice-node";

const places = optional(array(nullable(integerValue), "expected a place, or null, for each axis"), []);
const stride = pipe(
  integerValue,
  check((value) => value !== 0, "expected a stride other than 0"),
);

/** begin:end:stride of every axis as Python counts them: negative places from the end, null (or nothing) for all there is. */
export const slice = definePlugin({
  kind: "slice",
  params: strictObject({ begin: places, end: places, strides: optional(array(stride, "expected a stride for each axis"), []) }),
  build: ({ begin, end, strides }, inputs) => {
    const shape = oneInput(inputs);
    for (const [at, given] of Object.entries({ begin, end, strides }))
      if (given.length > shape.length) throw new MasoError("shape", `expected at most ${shape.length} axes, got ${given.length}`, { at });
    const taken = shape.map((extent, axis) => slicePlaces(extent, begin[axis] ?? null, end[axis] ?? null, strides[axis] ?? 1));
    const empty = taken.findIndex(({ length }) => length === 0);
    if (empty >= 0) throw new MasoError("shape", `it takes nothing of axis ${empty} of input ${formatShape(shape)}`, { at: "begin" });
    return gatherByOffsets(
      shape,
      taken.map((each, axis) => offsetsAlong(shape, axis, each)),
    );
  },
  tfjs: {
    ops: {
      Slice: { anyLayout: sliceNode },
      StridedSlice: stridedSliceNode,
      Split: splitNode,
      SplitV: { anyLayout: splitVNode },
      Unpack: unpackNode,
    },
  },
});
