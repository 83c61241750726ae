import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { io } from "@tensorflow/tfjs-core";

/** The digit classifier that the command line brings. */
export const digitsFolder = fileURLToPath(new URL("../../apps/cli/models/digits", import.meta.url));

/** A model as TensorFlow.js loads it. */
export function artifactsIn(folder: string): io.ModelArtifacts {
  const { weightsManifest, ...artifacts } = JSON.parse(readFileSync(join(folder, "model.json"), "utf8"));
  const groups: io.WeightsManifestConfig = weightsManifest;
  const files = groups.flatMap(({ paths }) => paths.map((file) => readFileSync(join(folder, file))));
  return { ...artifacts, weightSpecs: groups.flatMap(({ weights }) => weights), weightData: Uint8Array.from(Buffer.concat(files)).buffer };
}
