import { type Head, MasoError, type Network, network, type Operator, type Shape, sizeOf, sourceShape, withBeta } from "@maso/core";
import { builtins } from "../builtins";
import type { Registry } from "../registry";
import { type CheckedNetworkFile, checkNetworkFile } from "./check-network-file";
import { orderLayers } from "./order-layers";
import type { Reading, Refused } from "./reading";

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
  const order = orderLayers(file.layers, file.inputs.length);
  const output = cut === undefined ? file.output : findCut(file, cut);
  const wanted = cut === undefined ? order : keep(order, neededBy(file, output));
  const refused = listRefused(file, wanted, layers);
  if (refused.length === 0) return { format: "maso-network", network: buildNetwork(file, wanted, output, layers), refused, partial: null };
  const best = bestCut(file, refused);
  return { format: "maso-network", network: null, refused, partial: buildNetwork(file, keep(order, neededBy(file, best)), best, layers) };
}

function findCut({ layers, inputs }: CheckedNetworkFile, cut: string): number {
  const index = layers.findIndex(({ id }) => id === cut);
  if (index < 0) throw new MasoError("graph", `cut: there is no layer ${JSON.stringify(cut)}; expected one of ${idsFor(layers)}`);
  return inputs.length + index;
}

function idsFor(layers: CheckedNetworkFile["layers"]): string {
  const ids = layers.map(({ id }) => id);
  return ids.length <= 12 ? ids.join(", ") : `${ids.slice(0, 10).join(", ")} ... ${ids.at(-1)}`;
}

const keep = (order: readonly number[], needed: ReadonlySet<number>): readonly number[] => order.filter((i) => needed.has(i));

/** The layers that a source depends on, itself included. */
function neededBy({ layers, inputs }: CheckedNetworkFile, source: number): ReadonlySet<number> {
  const needed = new Set<number>();
  const open = [source];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const index = at - inputs.length;
    if (index < 0 || needed.has(index)) continue;
    needed.add(index);
    open.push(...layers[index]!.from);
  }
  return needed;
}

function listRefused(file: CheckedNetworkFile, wanted: readonly number[], { plugins }: Pick<Registry, "plugins">): readonly Refused[] {
  const unknown = new Set(wanted.filter((i) => !plugins.has(file.layers[i]!.kind)));
  const clean = new Set(wanted.filter((i) => ![...neededBy(file, file.inputs.length + i)].some((each) => unknown.has(each))));
  return [...unknown]
    .sort((a, b) => a - b)
    .map((i) => {
      const { id, kind } = file.layers[i]!;
      return {
        node: id,
        op: kind,
        reason: `no layer of kind ${JSON.stringify(kind)} is known; add a plugin for it`,
        cuts: cutsBefore(file, i, clean),
      };
    });
}

/** The last layers before a refused one that depend on nothing refused. */
function cutsBefore({ layers, inputs }: CheckedNetworkFile, refused: number, clean: ReadonlySet<number>): readonly string[] {
  const cuts = new Set<number>();
  const seen = new Set<number>();
  const open = [refused];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const source of layers[at]!.from) {
      const index = source - inputs.length;
      if (index < 0 || seen.has(index)) continue;
      seen.add(index);
      if (clean.has(index)) cuts.add(index);
      else open.push(index);
    }
  return [...cuts].sort((a, b) => a - b).map((i) => layers[i]!.id);
}

/** Of all cuts, the source that depends on the most layers; the first input where there is no cut. */
function bestCut(file: CheckedNetworkFile, refused: readonly Refused[]): number {
  const cuts = new Set(refused.flatMap((each) => each.cuts));
  let best = 0;
  let most = 0;
  file.layers.forEach(({ id }, i) => {
    const source = file.inputs.length + i;
    const size = cuts.has(id) ? neededBy(file, source).size : 0;
    if (size > most) [best, most] = [source, size];
  });
  return best;
}

function buildNetwork(file: CheckedNetworkFile, wanted: readonly number[], output: number, layers: Pick<Registry, "operator">): Network {
  const { inputs, inputNames } = file;
  const nodes: Network["nodes"][number][] = [];
  const sources = new Map<number, number>(inputs.map((_, i) => [i, i]));
  for (const i of wanted) {
    const { id, from } = file.layers[i]!;
    const here = from.map((source) => sources.get(source)!);
    const op = buildOperator(
      file,
      i,
      here.map((source) => sourceShape({ inputs, nodes }, source)),
      layers,
    );
    sources.set(inputs.length + i, inputs.length + nodes.length);
    nodes.push({ id, op, from: here });
  }
  const result = network({ inputs, inputNames, nodes, output: sources.get(output)!, head: output === file.output ? file.head : undefined });
  checkHead(result);
  return result;
}

function buildOperator(file: CheckedNetworkFile, i: number, inputs: readonly Shape[], layers: Pick<Registry, "operator">): Operator {
  const { kind, params, beta } = file.layers[i]!;
  const where = `layers[${i}]`;
  const op = layers.operator(kind, params, inputs, where);
  if (beta === undefined) return op;
  if (op.type === "affine") throw new MasoError("params", `${where}.beta: ${kind} is an affine layer; only quantizers have a beta`);
  if (typeof beta === "object" && sizeOf(op.output) % beta.length !== 0)
    throw new MasoError(
      "params",
      `${where}.beta: expected a number or one per table row (a divisor of ${sizeOf(op.output)}), got ${beta.length}`,
    );
  return withBeta(op, beta);
}

/** A list of heads needs an output that lays as many values end to end. */
function checkHead({ head, output, inputs, nodes }: Network): void {
  if (!Array.isArray(head)) return;
  const parts = nodes[output - inputs.length]?.op.inputs.length ?? 0;
  if (parts !== (head as readonly (Head | null)[]).length)
    throw new MasoError("format", `head: expected ${parts} heads, one for each layer that the output joins, got ${head.length}`);
}
