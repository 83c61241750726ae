import { MasoError, type Network, type Shape } from "@maso/core";
import { builtins } from "../builtins";
import { buildDraft } from "../draft/build-draft";
import { closedShape, type Draft, type DraftInput } from "../draft/draft";
import { bestCut, refusedIn } from "../draft/refused-in";
import type { Reading } from "../file/reading";
import type { Registry } from "../registry";
import type { Artifacts } from "./artifacts";
import { checkAgainstModel, type ModelCheck, type RunnableModel } from "./check-against-model";
import { chooseOutput } from "./choose-output";
import { decodeWeights } from "./decode-weights";
import { type DraftModel, draftLayers } from "./draft-layers";
import { draftGraph } from "./graph/draft-graph";
import { parseReference, readGraphDef } from "./graph/graph-def";
import { graphSignature } from "./graph/graph-signature";
import { inFile } from "./in-file";
import { layerCalls } from "./layer-calls";
import { ownedWeights } from "./owned-weights";
import { readArtifacts } from "./read-artifacts";
import { runGraphModel } from "./run-graph-model";
import { runLayersModel } from "./run-layers-model";
import type { TfjsSource } from "./tfjs-source";

export interface ReadTfjsOptions {
  /** `builtins` where absent. */
  readonly layers?: Pick<Registry, "plugins" | "operator">;
  /** Without batch, for inputs whose size the model leaves open; by input name where there are several. */
  readonly inputShape?: Shape | Readonly<Record<string, Shape>>;
  /** Analyse the model up to this node. */
  readonly cut?: string;
  /** One of several outputs. All of them, flattened and laid end to end, where absent. */
  readonly output?: string;
  /** Compare with what the model itself computes: true where absent. */
  readonly check?: boolean;
}

/** The network is null also where an input's size is open and inputShape does not say it. */
export interface TfjsReading extends Reading {
  /** As the model declares them, or as inputShape says. */
  readonly inputs: readonly DraftInput[];
  /** How the network agreed with the model's own output on one input; null where nothing was run. */
  readonly check: ModelCheck | null;
}

/**
 * A tfjs model as a network, or everything in it that is refused. Throws "file", "format", "graph", "shape", "params", "non-finite",
 * "too-large", "duplicate-kind", and "mismatch" where the network disagrees with the model itself.
 */
export async function readTfjs(source: TfjsSource, options: ReadTfjsOptions = {}): Promise<TfjsReading> {
  const artifacts = await readArtifacts(source);
  const { layers = builtins } = options;
  const opened = artifacts.format === "tfjs-graph-model" ? openGraph(artifacts, options) : openLayers(source, artifacts, options);
  const chosen = chooseOutput(artifacts.name, opened.model, options);
  const { draft } = chosen;
  const refused = refusedIn(draft, chosen.source);
  const base = { format: artifacts.format, inputs: draft.inputs, refused } as const;
  const isOpen = draft.inputs.some(({ shape }) => closedShape(shape) === null);
  if (refused.length > 0 || isOpen)
    return { ...base, network: null, partial: isOpen ? null : partOf(draft, bestCut(draft, refused), layers), check: null };
  // Errors of inputs name the file too.
  const built = inFile(artifacts.name, () => buildDraft(draft, chosen.source, layers));
  const network: Network = Object.freeze({ ...built, ...(chosen.head === undefined ? {} : { head: chosen.head }) });
  const check = options.check === false ? null : await checkAgainstModel(artifacts.name, network, () => opened.load(chosen.outputs));
  return { ...base, network, partial: null, check };
}

interface Opened {
  readonly model: DraftModel;
  /** The model itself, up to the cut or to these of its outputs. */
  load(outputs: readonly number[] | null): Promise<RunnableModel | { readonly skipped: string }>;
}

function openLayers(source: TfjsSource, artifacts: Artifacts, { layers = builtins, inputShape, cut }: ReadTfjsOptions): Opened {
  const weights = decodeWeights(artifacts);
  const calls = layerCalls(artifacts.name, artifacts.topology);
  const owned = ownedWeights(
    artifacts.name,
    weights,
    calls.calls.map(({ layer }) => layer),
  );
  const { draft, ...rest } = draftLayers(artifacts.name, calls, owned, layers);
  const inputs = withInputShape(artifacts.name, draft.inputs, inputShape);
  return {
    model: { ...rest, draft: { ...draft, inputs } },
    load: (outputs) => runLayersModel(source, artifacts, inputs.length, cut ?? null, outputs),
  };
}

function openGraph(artifacts: Artifacts, { layers = builtins, inputShape, cut }: ReadTfjsOptions): Opened {
  const { name: file, topology } = artifacts;
  const weights = decodeWeights(artifacts);
  const nodes = readGraphDef(file, topology);
  const signature = graphSignature(artifacts, nodes);
  const inputs = withInputShape(file, signature.inputs, inputShape);
  return {
    model: draftGraph({ file, nodes, inputs, outputs: signature.outputs, weights, layers, cut }),
    load: (outputs) =>
      runGraphModel(artifacts, inputs, outputs === null ? [parseReference(cut!)] : outputs.map((i) => signature.outputs[i]!)),
  };
}

function withInputShape<Input extends DraftInput>(
  file: string,
  inputs: readonly Input[],
  given: ReadTfjsOptions["inputShape"],
): readonly Input[] {
  if (given === undefined) return inputs;
  if (Array.isArray(given) && inputs.length > 1)
    throw new MasoError(
      "params",
      `${file}: the model has ${inputs.length} inputs; inputShape needs their names: ${inputs.map(({ name }) => name).join(", ")}`,
    );
  const shapes = new Map<string, Shape>(Array.isArray(given) ? [[inputs[0]!.name, given as Shape]] : Object.entries(given));
  const unknown = [...shapes.keys()].find((name) => !inputs.some((input) => input.name === name));
  if (unknown !== undefined)
    throw new MasoError("params", `${file}: inputShape names ${unknown}, but the inputs are ${inputs.map(({ name }) => name).join(", ")}`);
  return inputs.map((input) => {
    const { name, shape } = input;
    const wanted = shapes.get(name);
    if (wanted === undefined) return input;
    if (wanted.length !== shape.length || shape.some((extent, axis) => extent !== null && extent !== wanted[axis]))
      throw new MasoError(
        "shape",
        `${file}: input ${name} is [${shape.map((extent) => extent ?? "?").join(", ")}]; the shape [${wanted.join(", ")}] does not fit`,
      );
    return { ...input, shape: wanted };
  });
}

/** The analysable part, for reports; null where there is none. */
function partOf(draft: Draft, source: number | null, layers: Pick<Registry, "operator">): Network | null {
  return source === null ? null : buildDraft(draft, source, layers);
}
