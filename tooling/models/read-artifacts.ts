import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { io } from "@tensorflow/tfjs-core";

/** A model's folder, with model.json and the weight files, as tfjs takes it from a handler. */
export function readArtifacts(folder: string): io.ModelArtifacts {
  const { modelTopology, weightsManifest, format, ...rest } = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
  const groups = weightsManifest as io.WeightsManifestConfig;
  const files = groups.flatMap(({ paths }) => paths.map((path) => readFileSync(join(folder, path))));
  return {
    modelTopology,
    format,
    signature: rest.signature ?? rest.userDefinedMetadata?.signature,
    weightSpecs: groups.flatMap(({ weights }) => weights),
    weightData: Uint8Array.from(Buffer.concat(files)).buffer,
  };
}
