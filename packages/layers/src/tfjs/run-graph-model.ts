import type { Tensor } from "@tensorflow/tfjs-core";
import type { Artifacts } from "./artifacts";
import type { RunnableModel } from "./check-against-model";
import type { GraphInput, GraphOutput } from "./graph/graph-signature";
import { toModelArtifacts } from "./to-model-artifacts";

/** A graph-model, run by tfjs up to these results of its nodes. */
export async function runGraphModel(
  artifacts: Artifacts,
  inputs: readonly GraphInput[],
  results: readonly Omit<GraphOutput, "name">[],
): Promise<RunnableModel> {
  const { loadGraphModel } = await import("@tensorflow/tfjs-converter");
  const model = await loadGraphModel({ load: async () => withVersions(toModelArtifacts(artifacts)) });
  const names = results.map(({ node, output }) => `${node}:${output}`);
  return {
    inputs: inputs.map(({ dtype, batched }) => ({ whole: /INT/.test(dtype), batched })),
    run: (tensors) => [model.execute(Object.fromEntries(inputs.map(({ name }, i) => [name, tensors[i]!])), names)].flat() as Tensor[],
    dispose: () => model.dispose(),
  };
}

/** tfjs reads the versions of a graph without looking whether there are any; and it changes the topology that it is given. */
function withVersions(artifacts: ReturnType<typeof toModelArtifacts>): ReturnType<typeof toModelArtifacts> {
  return { ...artifacts, modelTopology: { versions: {}, ...structuredClone(artifacts.modelTopology as object) } };
}
