import { sizeOf } from "@maso/core";
import { strictObject } from "valibot";
import { sameValues } from "../affine/gather";
import { definePlugin, refuse } from "../define-plugin";
import { oneInput } from "../params/image-shape";
import { formatProblem } from "../params/tfjs-config";

/** All values as one vector, row-major. */
export const flatten = definePlugin({
  kind: "flatten",
  params: strictObject({}),
  build: (_, inputs) => sameValues(oneInput(inputs), [sizeOf(oneInput(inputs))]),
  tfjs: {
    layers: {
      Flatten: ({ config }) => {
        const problem = formatProblem(config);
        return problem ? refuse(problem) : {};
      },
    },
  },
});
