import { type Head, MasoError, type Network } from "@maso/core";
import { builtins } from "../builtins";
import { refuse } from "../define-plugin";
import { buildDraft } from "../draft/build-draft";
import { cutSource, type Draft } from "../draft/draft";
import { bestCut, refusedIn } from "../draft/refused-in";
import type { Registry } from "../registry";
import { type CheckedNetworkFile, checkNetworkFile } from "./check-network-file";
import { orderLayers } from "./order-layers";
import type { Reading } from "./reading";

export interface ReadNetworkFileOptions {
  /** `builtins` where absent. */
  readonly layers?: Pick<Registry, "plugins" | "operator">;
  /** The layer to take as the output; what it does not need is left out. The file's own output where absent. */
  readonly cut?: string;
}

/**
 * A network from its file's parsed JSON. Layers of unknown kinds are all listed as refused. Throws, with the path to the
 * fault (`layers[3].params.weight: expected 5 columns, got 4`), "format", "graph", "params", "shape", "non-finite" or "too-large".
 */
export function readNetworkFile(json: unknown, { layers = builtins, cut }: ReadNetworkFileOptions = {}): Reading {
  const file = checkNetworkFile(json);
  const { draft, sources } = draftFile(file, layers);
  const output = sources.get(file.output)!;
  const source = cut === undefined ? output : cutSource("cut", draft, cut);
  const refused = refusedIn(draft, source);
  if (refused.length === 0) {
    const network = withHead(buildDraft(draft, source, layers), source === output ? file.head : undefined);
    return { format: "maso-network", network, refused, partial: null };
  }
  return { format: "maso-network", network: null, refused, partial: buildDraft(draft, bestCut(draft, refused) ?? 0, layers) };
}

/** The layers in an order in which each follows what it reads, and where the file's sources went. */
function draftFile(
  { inputs, inputNames, layers }: CheckedNetworkFile,
  { plugins }: Pick<Registry, "plugins">,
): { readonly draft: Draft; readonly sources: ReadonlyMap<number, number> } {
  const order = orderLayers(layers, inputs.length);
  const sources = new Map<number, number>(inputs.map((_, i) => [i, i]));
  order.forEach((i, place) => sources.set(inputs.length + i, inputs.length + place));
  const nodes = order.map((i) => {
    const { id, kind, params, from, beta } = layers[i]!;
    const content = plugins.has(kind) ? { kind, params } : refuse(`no layer of kind ${JSON.stringify(kind)} is known; add a plugin for it`);
    return { id, op: kind, where: `layers[${i}]`, content, beta, from: from.map((source) => sources.get(source)!) };
  });
  return { draft: { inputs: inputs.map((shape, i) => ({ name: inputNames[i]!, shape })), nodes }, sources };
}

/** A list of heads needs an output that lays as many values end to end. */
function withHead(network: Network, head: Network["head"]): Network {
  if (head === undefined) return network;
  const parts = network.nodes[network.output - network.inputs.length]?.op.inputs.length ?? 0;
  if (Array.isArray(head) && parts !== (head as readonly (Head | null)[]).length)
    throw new MasoError("format", `head: expected ${parts} heads, one for each layer that the output joins, got ${head.length}`);
  return Object.freeze({ ...network, head });
}
