import { formatShape, MasoError, quantizer, sizeOf } from "@maso/core";
import { strictObject } from "valibot";
import { definePlugin } from "../define-plugin";
import { whole } from "../params/numbers";

/** The maximum of each `pieces` consecutive values (Goodfellow et al. 2013): [..., n · pieces] becomes [..., n]. */
export const maxout = definePlugin({
  kind: "maxout",
  params: strictObject({ pieces: whole(1) }),
  build: ({ pieces }, [shape]) => {
    const last = shape?.at(-1) ?? 0;
    if (last === 0 || last % pieces !== 0)
      throw new MasoError("shape", `pieces is ${pieces}; the last axis of input ${formatShape(shape ?? [])} needs to be a multiple of it`, {
        at: "pieces",
      });
    return quantizer({
      inputs: [shape!],
      output: [...shape!.slice(0, -1), last / pieces],
      reads: { type: "indices", arity: pieces, table: Int32Array.from({ length: sizeOf(shape!) }, (_, i) => i) },
      pieces: "values",
    });
  },
});
