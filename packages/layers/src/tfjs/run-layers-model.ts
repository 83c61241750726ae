import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { Artifacts } from "./artifacts";
import type { RunnableModel } from "./check-against-model";
import { isModel, type TfjsSource } from "./tfjs-source";
import { toModelArtifacts } from "./to-model-artifacts";

/** A layers-model, run by tfjs up to the cut; `outputs` are the wanted ones of its own. */
export async function runLayersModel(
  source: TfjsSource,
  artifacts: Artifacts,
  inputs: number,
  cut: string | null,
  outputs: readonly number[] | null,
): Promise<RunnableModel | { readonly skipped: string }> {
  const layers = await import("@tensorflow/tfjs-layers");
  const loaded = isModel(source) ? null : await layers.loadLayersModel({ load: async () => toModelArtifacts(artifacts) });
  const model = loaded ?? (source as LayersModel);
  const running = cut === null ? model : cutModel(layers, model, cut);
  if (running === null) {
    loaded?.dispose();
    return { skipped: `${cut} is no layer of the model by itself, so there is nothing to compare with` };
  }
  return {
    inputs: Array.from({ length: inputs }, () => ({ whole: false, batched: true })),
    run: (tensors) => {
      const results = [running.predict(tensors.length === 1 ? tensors[0]! : [...tensors])].flat() as Tensor[];
      return outputs === null ? results : outputs.map((i) => results[i]!);
    },
    dispose: () => void loaded?.dispose(),
  };
}

function cutModel(layers: typeof import("@tensorflow/tfjs-layers"), model: LayersModel, cut: string): LayersModel | null {
  const layer = model.layers.find(({ name }) => name === cut);
  if (layer?.inboundNodes.length !== 1) return null;
  return layers.model({ inputs: model.inputs, outputs: layer.output as SymbolicTensor });
}
