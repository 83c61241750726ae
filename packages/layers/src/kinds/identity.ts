import { strictObject } from "valibot";
import { sameValues } from "../affine/gather";
import { definePlugin } from "../define-plugin";
import { oneInput } from "../params/image-shape";

const nothing = () => ({});

/** What comes in goes out: layers that act in training only. */
export const identity = definePlugin({
  kind: "identity",
  params: strictObject({}),
  build: (_, inputs) => sameValues(oneInput(inputs), oneInput(inputs)),
  tfjs: {
    layers: {
      Dropout: nothing,
      SpatialDropout1D: nothing,
      SpatialDropout2D: nothing,
      GaussianDropout: nothing,
      GaussianNoise: nothing,
      AlphaDropout: nothing,
      ActivityRegularization: nothing,
    },
    activations: { linear: nothing },
  },
});
