import type { Network } from "@maso/core";
import { type GraphModel, loadGraphModel } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
import { loadLayersModel } from "@tensorflow/tfjs-layers";
import { readArtifacts } from "./read-artifacts";

/** What tfjs itself makes of a model's only input, on the backend that is set; of a graph-model also the value of a node. */
export async function runInTfjs(folder: string, { inputs }: Network, x: Float64Array, node?: string): Promise<Float64Array> {
  const { format, ...artifacts } = readArtifacts(folder);
  const handler: tf.io.IOHandler = { load: async () => artifacts };
  const model = format === "graph-model" ? await loadGraphModel(handler) : await loadLayersModel(handler);
  const results = tf.tidy(() => {
    const input = tf.tensor(Float32Array.from(x), [1, ...inputs[0]!]);
    return [node === undefined ? model.predict(input) : (model as GraphModel).execute(input, node)].flat() as tf.Tensor[];
  });
  const values = await Promise.all(results.map((tensor) => tensor.data()));
  return Float64Array.from(values.flatMap((part) => [...part]));
}
