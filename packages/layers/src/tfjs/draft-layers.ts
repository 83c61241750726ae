import { type Head, MasoError } from "@maso/core";
import {
  type Chain,
  chain,
  isChain,
  isRefusal,
  type LayerPlugin,
  type Refusal,
  refuse,
  type Step,
  type TfjsLayer,
  type TfjsLayerCall,
} from "../define-plugin";
import { appendSteps, type Content } from "../draft/append-steps";
import type { Draft, DraftNode } from "../draft/draft";
import type { Registry } from "../registry";
import { inFile } from "./in-file";
import { refusalReason } from "./known-refusals";
import type { LayerCall, LayerCalls } from "./layer-call";
import { layerConfig } from "./layers-config";
import { type LayerWeights, type OwnedWeights, weightsOf } from "./owned-weights";

export interface DraftModel {
  readonly draft: Draft;
  /** `node` is another name for it. */
  readonly outputs: readonly { readonly name: string; readonly node?: string; readonly source: number }[];
  /** Sources that are a head where they stand at the end, and the source of what the head reads. */
  readonly heads: ReadonlyMap<number, { readonly head: Head; readonly source: number }>;
  /** Names besides the nodes' ids at which the model can be cut. */
  readonly named?: ReadonlyMap<string, number>;
}

const HEADS: ReadonlySet<string> = new Set(["softmax", "sigmoid", "tanh"]);

/**
 * Every layer judged by the rules of the registry's plugins: its steps, then its activation. The last of them has the layer's own id,
 * those before it their kind behind it (`conv1/conv2d`, then `conv1`, a ReLU).
 */
export function draftLayers(
  file: string,
  { inputs, calls, outputs }: LayerCalls,
  weights: OwnedWeights,
  layers: Pick<Registry, "plugins">,
): DraftModel {
  const rules = collectRules(layers.plugins);
  const nodes: DraftNode[] = [];
  const heads = new Map<number, { readonly head: Head; readonly source: number }>();
  const sources: number[] = inputs.map((_, i) => i);
  for (const call of calls) {
    const own = weightsOf(file, call.id, call.layer, weights);
    const contents = contentsOf(file, call, own, rules);
    if (!contents.some(({ content }) => isRefusal(content))) own.checkAllRead();
    const named = { id: call.id, where: `${file}: layer ${call.id}` };
    const result = appendSteps(
      nodes,
      inputs.length,
      named,
      contents,
      call.from.map((at) => sources[at]!),
    );
    const last = contents.at(-1)!.op;
    if (HEADS.has(last)) heads.set(result, { head: last as Head, source: nodes.at(-1)!.from[0]! });
    sources.push(result);
  }
  return { draft: { inputs, nodes }, outputs: outputs.map(({ name, source }) => ({ name, source: sources[source]! })), heads };
}

interface Rules {
  readonly layers: ReadonlyMap<string, { readonly kind: string; readonly rule: (layer: TfjsLayer, call: TfjsLayerCall) => unknown }>;
  readonly activations: ReadonlyMap<string, Step>;
}

/** Throws "duplicate-kind" where two plugins claim one class or activation. */
function collectRules(plugins: ReadonlyMap<string, LayerPlugin>): Rules {
  const layers = new Map<string, { kind: string; rule: (layer: TfjsLayer, call: TfjsLayerCall) => unknown }>();
  const activations = new Map<string, Step>();
  const claim = (map: ReadonlyMap<string, { readonly kind: string }>, name: string, kind: string): void => {
    const other = map.get(name);
    if (other)
      throw new MasoError("duplicate-kind", `registry: the plugins ${other.kind} and ${kind} both claim ${name} of tfjs; one needs to go`);
  };
  for (const { kind, tfjs } of plugins.values()) {
    for (const [name, rule] of Object.entries(tfjs?.layers ?? {})) {
      claim(layers, name, kind);
      layers.set(name, { kind, rule });
    }
    for (const [name, rule] of Object.entries(tfjs?.activations ?? {})) {
      claim(activations, name, kind);
      activations.set(name, { kind, params: rule() });
    }
  }
  return { layers, activations };
}

function contentsOf(file: string, call: LayerCall, own: LayerWeights, rules: Rules): readonly Content[] {
  const { className, config } = call;
  if (className === "Activation") return [activation(config.activation, rules)];
  // tfjs computes a softmax over the last axis only, whatever number the file gives it.
  if (className === "Softmax") return [activation("softmax", rules)];
  const contents = judged(file, call, own, rules);
  const after = config.activation ?? "linear";
  return after === "linear" ? contents : [...contents, activation(after, rules)];
}

function judged(file: string, call: LayerCall, own: LayerWeights, rules: Rules): readonly Content[] {
  const { id, layer, className, config } = call;
  const known = rules.layers.get(className);
  if (!known) return [{ op: className, content: refuse(refusalReason(className)) }];
  const inner = (config: unknown): Chain | Refusal => innerChain(file, call, config, own, rules);
  const result = inFile(`${file}: layer ${id}`, () =>
    orRefusal(() => known.rule({ name: layer, className, config, weights: own.weights }, { inner })),
  ) as object;
  if (isRefusal(result)) return [{ op: className, content: result }];
  if (!isChain(result)) return [{ op: className, content: { kind: known.kind, params: result } }];
  return result.steps.map((step) => ({ op: className, content: step }));
}

/** What a rule gives, or throws as "refused". */
function orRefusal(rule: () => unknown): unknown {
  try {
    return rule();
  } catch (error) {
    if (error instanceof MasoError && error.code === "refused") return refuse(error.message);
    throw error;
  }
}

/** A layer within a wrapper: its weights are stored under the wrapper's name. */
function innerChain(file: string, call: LayerCall, config: unknown, own: LayerWeights, rules: Rules): Chain | Refusal {
  const inner = layerConfig(file, `layer ${call.id}: layer`, config);
  const contents = contentsOf(file, { ...call, className: inner.className, config: inner.config }, own, rules);
  const refused = contents.find(({ content }) => isRefusal(content));
  if (refused) return refuse(`${inner.className}: ${(refused.content as Refusal).reason}`);
  return chain(...contents.map(({ content }) => content as Step));
}

function nameOf(setting: unknown): unknown {
  return typeof setting === "object" && setting !== null && "class_name" in setting ? setting.class_name : setting;
}

function activation(setting: unknown, { activations }: Rules): Content {
  const op = String(nameOf(setting));
  return { op, content: activations.get(op) ?? refuse(refusalReason(op)) };
}
