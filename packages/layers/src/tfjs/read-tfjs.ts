import { MasoError, type Network, type Shape } from "@maso/core";
import { builtins } from "../builtins";
import { refuse } from "../define-plugin";
import { buildDraft, NodeError } from "../draft/build-draft";
import { closedShape, type Draft, type DraftInput } from "../draft/draft";
import { bestBefore, bestCut, refusedIn } from "../draft/refused-in";
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
import { errorInFile } from "./in-file";
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
  /** inputShape is a guess: where a layer does not fit it, what stands before that layer is read, and `problem` says so. */
  readonly assumed?: boolean;
  /** Compare with what the model itself computes: true where absent. */
  readonly check?: boolean;
}

/** The network is null also where an input's size is open and inputShape does not say it. */
export interface TfjsReading extends Reading {
  /** As the model declares them, or as inputShape says. */
  readonly inputs: readonly DraftInput[];
  /** How the network agreed with the model's own output on one input; null where nothing was run. */
  readonly check: ModelCheck | null;
  /** Why the network ends early, where inputShape was only assumed. */
  readonly problem?: MasoError;
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
  const { draft, source: output } = chosen;
  const base = { format: artifacts.format, inputs: draft.inputs } as const;
  const isOpen = draft.inputs.some(({ shape }) => closedShape(shape) === null);
  const refusal = (judged: Draft): TfjsReading => {
    const refused = refusedIn(judged, output);
    return { ...base, refused, network: null, partial: isOpen ? null : partOf(judged, bestCut(judged, refused), layers), check: null };
  };
  if (isOpen || refusedIn(draft, output).length > 0) return refusal(draft);
  const built = orNodeError(() => buildDraft(draft, output, layers));
  if (built instanceof NodeError) {
    if (built.code === "refused") return refusal(withRefusal(draft, built));
    // Errors of inputs name the file too.
    const problem = errorInFile(artifacts.name, built);
    if (!options.assumed) throw problem;
    return { ...base, refused: [], network: null, partial: partOf(draft, bestBefore(draft, built.node), layers), check: null, problem };
  }
  const network: Network = Object.freeze({ ...built, ...(chosen.head === undefined ? {} : { head: chosen.head }) });
  const check = options.check === false ? null : await checkAgainstModel(artifacts.name, network, () => opened.load(chosen.outputs));
  return { ...base, refused: [], network, partial: null, check };
}

function orNodeError(build: () => Network): Network | NodeError {
  try {
    return build();
  } catch (error) {
    if (error instanceof NodeError) return error;
    throw error;
  }
}

/** The draft with a node refused that cannot be, now that shapes are known. */
function withRefusal(draft: Draft, { node, reason }: NodeError): Draft {
  return { ...draft, nodes: draft.nodes.map((each, i) => (i === node ? { ...each, content: refuse(reason) } : each)) };
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
