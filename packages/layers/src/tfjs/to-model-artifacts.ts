import type { io } from "@tensorflow/tfjs-core";
import type { Artifacts } from "./artifacts";

/** What tfjs loads a model from. */
export function toModelArtifacts({ format, topology, weightSpecs, weightData, signature }: Artifacts): io.ModelArtifacts {
  return {
    modelTopology: topology as io.ModelArtifacts["modelTopology"],
    weightSpecs: weightSpecs as io.WeightsManifestEntry[],
    weightData,
    ...(format === "tfjs-graph-model" ? { format: "graph-model", signature: signature as io.ModelArtifacts["signature"] } : {}),
  };
}
