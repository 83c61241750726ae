import type { io } from "@tensorflow/tfjs-core";
import { readArtifacts } from "../../models/read-artifacts";
import { type ThirdPartyName, thirdPartyModel } from "../../models/third-party-models";

interface LayerTopology {
  readonly class_name: string;
  readonly config: Record<string, unknown>;
}

interface NodeTopology {
  readonly op: string;
  readonly attr: Record<string, unknown>;
}

/**
 * A MobileNetV2 of nsfwjs with all its weights, for square images of so many pixels, a multiple of 32, where it takes 224: the pool at its end,
 * which has 7 × 7 values there, has a 32nd of the extent. On the cpu backend its gradient takes seconds, and minutes at 224.
 */
export function smallMobilenet(name: ThirdPartyName & `nsfwjs-mobilenet${string}`, extent: number): io.ModelArtifacts {
  const artifacts = readArtifacts(thirdPartyModel(name).folder());
  const topology = artifacts.modelTopology as {
    readonly node?: readonly NodeTopology[];
    readonly model_config?: { readonly config: { readonly layers: readonly LayerTopology[] } };
  };
  const pool = extent / 32;
  for (const { class_name, config } of topology.model_config?.config.layers ?? []) {
    if (class_name === "InputLayer") config.batch_input_shape = [null, extent, extent, 3];
    if (class_name === "AveragePooling2D") config.pool_size = config.strides = [pool, pool];
  }
  for (const { op, attr } of topology.node ?? []) {
    if (op === "Placeholder") attr.shape = { shape: shapeOf([-1, extent, extent, 3]) };
    if (op === "AvgPool") attr.ksize = { list: { i: [1, pool, pool, 1].map(String) } };
  }
  for (const input of Object.values(
    (artifacts.signature as { inputs?: Record<string, { tensorShape: unknown }> } | undefined)?.inputs ?? {},
  ))
    input.tensorShape = shapeOf([-1, extent, extent, 3]);
  return artifacts;
}

const shapeOf = (extents: readonly number[]) => ({ dim: extents.map((size) => ({ size: String(size) })) });
