import { MasoError, type Network, type Shape } from "@maso/core";
import { builtins } from "../builtins";
import { buildDraft } from "../draft/build-draft";
import { closedShape, type Draft, type DraftInput } from "../draft/draft";
import { bestCut, refusedIn } from "../draft/refused-in";
import type { Reading } from "../file/reading";
import type { Registry } from "../registry";
import type { Artifacts } from "./artifacts";
import { checkAgainstModel, type ModelCheck } from "./check-against-model";
import { chooseOutput } from "./choose-output";
import { decodeWeights } from "./decode-weights";
import { draftLayers } from "./draft-layers";
import { layerCalls } from "./layer-calls";
import { readArtifacts } from "./read-artifacts";
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
  if (artifacts.format === "tfjs-graph-model") return refusedGraph();
  const { layers = builtins } = options;
  const weights = decodeWeights(artifacts);
  const calls = layerCalls(artifacts.name, artifacts.topology);
  checkOwners(
    artifacts.name,
    weights.keys(),
    calls.calls.map(({ layer }) => layer),
  );
  const chosen = chooseOutput(artifacts.name, draftLayers(artifacts.name, calls, weights, layers), options);
  const draft = withInputShape(artifacts.name, chosen.draft, options.inputShape);
  const refused = refusedIn(draft, chosen.source);
  const base = { format: artifacts.format, inputs: draft.inputs, refused } as const;
  const isOpen = draft.inputs.some(({ shape }) => closedShape(shape) === null);
  if (refused.length > 0 || isOpen)
    return { ...base, network: null, partial: isOpen ? null : partOf(draft, bestCut(draft, refused), layers), check: null };
  const built = buildNamed(artifacts, draft, chosen.source, layers);
  const network: Network = Object.freeze({ ...built, ...(chosen.head === undefined ? {} : { head: chosen.head }) });
  const check = options.check === false ? null : await checkAgainstModel(source, artifacts, network, options.cut ?? null, chosen.outputs);
  return { ...base, network, partial: null, check };
}

function refusedGraph(): TfjsReading {
  const refused = [{ node: "model", op: "GraphModel", reason: "graph-models are not read yet; layers-models are", cuts: [] }];
  return { format: "tfjs-graph-model", inputs: [], network: null, partial: null, refused, check: null };
}

/** Every weight belongs to a layer, as tfjs wants it too. */
function checkOwners(file: string, names: Iterable<string>, layers: readonly string[]): void {
  for (const name of names)
    if (!layers.some((layer) => name.startsWith(`${layer}/`)))
      throw new MasoError("format", `${file}: weight ${name} belongs to no layer of the model; expected layer/weight`);
}

function withInputShape(file: string, draft: Draft, given: ReadTfjsOptions["inputShape"]): Draft {
  if (given === undefined) return draft;
  if (Array.isArray(given) && draft.inputs.length > 1)
    throw new MasoError(
      "params",
      `${file}: the model has ${draft.inputs.length} inputs; inputShape needs their names: ${draft.inputs.map(({ name }) => name).join(", ")}`,
    );
  const shapes = new Map<string, Shape>(Array.isArray(given) ? [[draft.inputs[0]!.name, given as Shape]] : Object.entries(given));
  const unknown = [...shapes.keys()].find((name) => !draft.inputs.some((input) => input.name === name));
  if (unknown !== undefined)
    throw new MasoError(
      "params",
      `${file}: inputShape names ${unknown}, but the inputs are ${draft.inputs.map(({ name }) => name).join(", ")}`,
    );
  const inputs = draft.inputs.map(({ name, shape }) => {
    const wanted = shapes.get(name);
    if (wanted === undefined) return { name, shape };
    if (wanted.length !== shape.length || shape.some((extent, axis) => extent !== null && extent !== wanted[axis]))
      throw new MasoError(
        "shape",
        `${file}: input ${name} is [${shape.map((extent) => extent ?? "?").join(", ")}]; the shape [${wanted.join(", ")}] does not fit`,
      );
    return { name, shape: wanted };
  });
  return { ...draft, inputs };
}

/** The analysable part, for reports; null where there is none. */
function partOf(draft: Draft, source: number | null, layers: Pick<Registry, "operator">): Network | null {
  return source === null ? null : buildDraft(draft, source, layers);
}

/** Errors of inputs name the file too. */
function buildNamed({ name }: Artifacts, draft: Draft, source: number, layers: Pick<Registry, "operator">): Network {
  try {
    return buildDraft(draft, source, layers);
  } catch (error) {
    if (!(error instanceof MasoError) || error.message.startsWith(name)) throw error;
    throw new MasoError(error.code, `${name}: ${error.message}`, { cause: error });
  }
}
