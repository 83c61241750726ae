import { MasoError } from "@maso/core";
import type { io } from "@tensorflow/tfjs-core";
import { checkPlainJson } from "../file/json-fields";
import type { Artifacts, WeightSpec } from "./artifacts";
import { distinctSpecs } from "./distinct-specs";
import { formatOf } from "./format-of";
import { inFile } from "./in-file";
import { joinBytes } from "./join-bytes";
import { readModelFile } from "./read-model-file";
import { signatureOf } from "./signature-of";
import { isModel, type TfjsSource } from "./tfjs-source";

/** Topology and weights of a model, before tfjs builds anything of it. Throws "file" or "format". */
export async function readArtifacts(source: TfjsSource): Promise<Artifacts> {
  const artifacts = await artifactsOf(source);
  inFile(artifacts.name, () => checkPlainJson(artifacts.topology, "modelTopology"));
  return artifacts;
}

async function artifactsOf(source: TfjsSource): Promise<Artifacts> {
  if (typeof source === "string") return /^[a-z][a-z0-9+.-]+:\/\//i.test(source) ? fromUrl(source) : readModelFile(source);
  if (isModel(source)) return fromModel(source);
  if ("modelTopology" in source) return toArtifacts("model", source as io.ModelArtifacts);
  const { load } = source as io.IOHandler;
  if (!load) throw new MasoError("file", "model: this io handler cannot load; it needs a load method");
  return toArtifacts("model", await load());
}

async function fromModel(model: Extract<TfjsSource, { save: unknown; predict: unknown }>): Promise<Artifacts> {
  let saved: io.ModelArtifacts | undefined;
  await model.save({
    save: async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    },
  });
  const artifacts = toArtifacts("model", saved!);
  return { ...artifacts, weightSpecs: "layers" in model ? distinctSpecs(model, artifacts.weightSpecs) : artifacts.weightSpecs };
}

async function fromUrl(url: string): Promise<Artifacts> {
  const { io } = await import("@tensorflow/tfjs-core");
  const handler = io.getLoadHandlers(url)[0];
  if (!handler?.load) throw new MasoError("file", `${url}: no io handler of tfjs loads this URL`);
  try {
    return toArtifacts(url, await handler.load());
  } catch (error) {
    if (error instanceof MasoError) throw error;
    throw new MasoError("file", `${url}: ${error instanceof Error ? error.message.split("\n")[0] : "cannot be loaded"}`, { cause: error });
  }
}

function toArtifacts(name: string, artifacts: io.ModelArtifacts): Artifacts {
  const { modelTopology, weightSpecs = [], weightData, format } = artifacts;
  return {
    name,
    format: formatOf(format, modelTopology),
    topology: modelTopology,
    weightSpecs: weightSpecs as readonly WeightSpec[],
    weightData: joinBuffers(weightData),
    signature: signatureOf(artifacts),
  };
}

function joinBuffers(data: io.WeightData | undefined): ArrayBuffer {
  if (data === undefined) return new ArrayBuffer(0);
  return Array.isArray(data) ? joinBytes(data.map((part) => new Uint8Array(part))) : (data as ArrayBuffer);
}
