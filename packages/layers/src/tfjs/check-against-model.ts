import { applyHead, forward, inputSize, MasoError, type Network, random } from "@maso/core";
import type { io, Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs-layers";
import type { Artifacts } from "./artifacts";
import { isModel, type TfjsSource } from "./tfjs-source";

export type ModelCheck = { readonly error: number; readonly tolerance: number } | { readonly skipped: string };

/**
 * tfjs computes in float32, with 2^-24 ≈ 6e-8 of relative rounding an operation. Over the thousands of terms and tens of layers of real
 * networks errors stay below 1e-5 of the largest output; 1e-4 leaves a margin, and a wrong layer shows at 1e-2 and above.
 */
const TOLERANCE = 1e-4;

/**
 * Compares the network with what the model computes on one seeded input, uniform in [0, 1): max |difference| / max |output|.
 * Throws "mismatch". A model that tfjs cannot run here (no backend, a class it does not know) is skipped with the reason.
 */
export async function checkAgainstModel(
  source: TfjsSource,
  artifacts: Artifacts,
  network: Network,
  cut: string | null,
  outputs: readonly number[] | null,
): Promise<ModelCheck> {
  const { uniform } = random(1);
  const x = Float64Array.from({ length: inputSize(network) }, () => Math.fround(uniform()));
  const expected = await modelOutput(source, artifacts, network, x, cut, outputs);
  if ("skipped" in expected) return expected;
  const actual = applyHead(network, forward(network, x));
  const error = relativeError(actual, expected.values);
  if (!(error <= TOLERANCE))
    throw new MasoError(
      "mismatch",
      `${artifacts.name}: the network differs from the model's own output by ${error} of its largest value; at most ${TOLERANCE} is float32 rounding`,
    );
  return { error, tolerance: TOLERANCE };
}

function relativeError(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let largest = Number.MIN_VALUE;
  actual.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - expected[i]!));
    largest = Math.max(largest, Math.abs(expected[i]!));
  });
  return difference === 0 ? 0 : difference / largest;
}

async function modelOutput(
  source: TfjsSource,
  artifacts: Artifacts,
  network: Network,
  x: Float64Array,
  cut: string | null,
  outputs: readonly number[] | null,
): Promise<{ readonly values: Float64Array } | { readonly skipped: string }> {
  let loaded: LayersModel | undefined;
  try {
    const tf = await import("@tensorflow/tfjs-core");
    const layers = await import("@tensorflow/tfjs-layers");
    await tf.ready();
    if (!isModel(source)) loaded = await layers.loadLayersModel({ load: async () => toModelArtifacts(artifacts) });
    const model = loaded ?? (source as LayersModel);
    const running = cut === null ? model : cutModel(layers, model, cut);
    if (running === null) return { skipped: `${cut} is no layer of the model by itself, so there is nothing to compare with` };
    let offset = 0;
    const tensors = tf.tidy(() => {
      const inputs = network.inputs.map((shape) => {
        const size = shape.reduce((product, extent) => product * extent, 1);
        const part = Float32Array.from(x.subarray(offset, offset + size));
        offset += size;
        return tf.tensor(part, [1, ...shape]);
      });
      const results = [running.predict(inputs.length === 1 ? inputs[0]! : inputs)].flat() as Tensor[];
      return outputs === null ? results : outputs.map((i) => results[i]!);
    });
    const values = (await Promise.all(tensors.map((tensor) => tensor.data()))).flatMap((part) => [...part]);
    tf.dispose(tensors);
    return { values: Float64Array.from(values) };
  } catch (error) {
    return { skipped: `tfjs cannot run the model here: ${(error instanceof Error ? error.message : String(error)).split("\n")[0]}` };
  } finally {
    loaded?.dispose();
  }
}

function cutModel(layers: typeof import("@tensorflow/tfjs-layers"), model: LayersModel, cut: string): LayersModel | null {
  const layer = model.layers.find(({ name }) => name === cut);
  if (layer?.inboundNodes.length !== 1) return null;
  return layers.model({ inputs: model.inputs, outputs: layer.output as SymbolicTensor });
}

function toModelArtifacts({ topology, weightSpecs, weightData }: Artifacts): io.ModelArtifacts {
  return {
    modelTopology: topology as io.ModelArtifacts["modelTopology"],
    weightSpecs: weightSpecs as io.WeightsManifestEntry[],
    weightData,
  };
}
