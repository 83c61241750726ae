import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { io } from "@tensorflow/tfjs-core";

/** Where TensorFlow.js loads a model from in Node, without tfjs-node: the folder of its model.json. In a browser a URL does. */
export function folder(path: string): io.IOHandler {
  return {
    load: async () => {
      const { weightsManifest, ...artifacts } = JSON.parse(readFileSync(join(path, "model.json"), "utf8"));
      const groups: io.WeightsManifestConfig = weightsManifest;
      const files = groups.flatMap(({ paths }) => paths.map((file) => readFileSync(join(path, file))));
      return {
        ...artifacts,
        weightSpecs: groups.flatMap(({ weights }) => weights),
        weightData: Uint8Array.from(Buffer.concat(files)).buffer,
      };
    },
  };
}
