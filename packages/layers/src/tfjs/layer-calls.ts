import { MasoError } from "@maso/core";
import { twinName } from "./distinct-specs";
import type { LayerCall, LayerCalls } from "./layer-call";
import { arrayOf, innerLayers, type LayerConfig, modelConfig, references, type TensorReference } from "./layers-config";
import { resolveTensors } from "./resolve-tensors";

const MODELS = new Set(["Sequential", "Model", "Functional"]);
/** More uses of layers than any real model has: a few nested models, each used twice within the next, are exponentially many. */
const MOST_CALLS = 100_000;

/** A layers-model opened up: sequential, functional, nested, with shared layers and several inputs and outputs. Throws "format", "graph" or "too-large". */
export function layerCalls(file: string, topology: unknown): LayerCalls {
  const inputs: LayerCalls["inputs"][number][] = [];
  const calls: LayerCall[] = [];
  const uses = new Map<string, number>();
  const model = modelConfig(file, topology);
  if (!MODELS.has(model.className))
    throw new MasoError("format", `${file}: modelTopology.class_name: expected ${[...MODELS].join(", ")}, got ${model.className}`);
  const layersByModel = new Map<LayerConfig, readonly LayerConfig[]>();
  const twins = twinsOf(model);
  let total = 0;
  const outputs = openModel(model, "", null);
  // Inputs were numbered from −1 downwards while calls were still being found.
  const source = (at: number): number => (at < 0 ? -1 - at : inputs.length + at);
  return {
    inputs,
    calls: calls.map((each) => ({ ...each, from: each.from.map(source) })),
    outputs: outputs.map(({ name, at }) => ({ name, source: source(at) })),
  };

  /** What the model gives for these arguments; null: its own input layers are the network's inputs. */
  function openModel(
    model: LayerConfig,
    prefix: string,
    args: readonly number[] | null,
  ): readonly { readonly name: string; readonly at: number }[] {
    const layers = layersOf(model);
    return model.className === "Sequential" ? openSequential(layers, prefix, args) : openFunctional(model, layers, prefix, args);
  }

  /** Each model's layers are read once, however often it is used. */
  function layersOf(model: LayerConfig): readonly LayerConfig[] {
    const layers = layersByModel.get(model) ?? innerLayers(file, model);
    layersByModel.set(model, layers);
    return layers;
  }

  /** Of each layer, how many of its name stand before it in the topology: nested models have names of their own. */
  function twinsOf(root: LayerConfig): ReadonlyMap<LayerConfig, number> {
    const found = new Map<LayerConfig, number>();
    const seen = new Map<string, number>();
    const open = [root];
    for (let layer = open.pop(); layer !== undefined; layer = open.pop()) {
      if (MODELS.has(layer.className)) {
        for (const inner of [...layersOf(layer)].reverse()) open.push(inner);
        continue;
      }
      const before = seen.get(layer.name) ?? 0;
      seen.set(layer.name, before + 1);
      found.set(layer, before);
    }
    return found;
  }

  function openSequential(
    layers: readonly LayerConfig[],
    prefix: string,
    args: readonly number[] | null,
  ): readonly { readonly name: string; readonly at: number }[] {
    const first = layers[0];
    if (!first) throw new MasoError("format", `${file}: a sequential model without layers; expected at least one`);
    let at = args?.[0] ?? addInput(first.className === "InputLayer" ? first.name : `${first.name}_input`, inputShape(first));
    let name = first.name;
    for (const layer of layers) {
      if (layer.className === "InputLayer") continue;
      at = call(layer, prefix, [at])[0]!;
      name = layer.name;
    }
    return [{ name, at }];
  }

  function openFunctional(
    opened: LayerConfig,
    layers: readonly LayerConfig[],
    prefix: string,
    args: readonly number[] | null,
  ): readonly { readonly name: string; readonly at: number }[] {
    const byName = new Map(layers.map((layer) => [layer.name, layer]));
    if (byName.size < layers.length)
      throw new MasoError("graph", `${file}: ${opened.name}: two layers have the same name; names need to be unique`);
    const { config } = opened;
    const inputNames = references(file, `${opened.name}.input_layers`, config.input_layers).map(([name]) => name);
    const given = new Map<string, number>();
    inputNames.forEach((name, i) => {
      const layer = byName.get(name);
      if (!layer) throw new MasoError("graph", `${file}: ${opened.name}.input_layers: there is no layer ${name}`);
      given.set(name, args?.[i] ?? addInput(name, inputShape(layer)));
    });
    const wanted = references(file, `${opened.name}.output_layers`, config.output_layers);
    const found = resolveTensors({ where: file, byName, given, firstNode: firstNodes(layers, wanted) }, wanted, (layer, from) =>
      call(layer, prefix, from),
    );
    return wanted.map(([name], i) => ({ name, at: found[i]! }));
  }

  function call(layer: LayerConfig, prefix: string, from: readonly number[]): readonly number[] {
    if (++total > MOST_CALLS)
      throw new MasoError(
        "too-large",
        `${file}: nested models use their layers more than ${MOST_CALLS} times in all; at most that many are read`,
      );
    const used = uses.get(prefix + layer.name) ?? 0;
    uses.set(prefix + layer.name, used + 1);
    const id = used === 0 ? prefix + layer.name : `${prefix}${layer.name}#${used + 1}`;
    if (MODELS.has(layer.className)) return openModel(layer, `${id}/`, from).map(({ at }) => at);
    calls.push({ id, layer: twinName(layer.name, twins.get(layer)!), className: layer.className, config: layer.config, from });
    return [calls.length - 1];
  }

  function addInput(name: string, shape: readonly (number | null)[]): number {
    inputs.push({ name, shape });
    return -inputs.length;
  }

  function inputShape({ name, config, className }: LayerConfig): readonly (number | null)[] {
    const shape = config.batch_input_shape ?? config.batch_shape;
    const whole = shape === undefined && Array.isArray(config.input_shape) ? [null, ...config.input_shape] : shape;
    if (whole === undefined && MODELS.has(className)) return innerInput({ name, config, className, inbound: [] });
    const extents = arrayOf(file, `layer ${name}: batch_input_shape`, whole);
    return extents.slice(1).map((extent) => {
      if (extent === null || (typeof extent === "number" && Number.isInteger(extent) && extent > 0)) return extent;
      throw new MasoError(
        "shape",
        `${file}: layer ${name}: batch_input_shape: expected whole numbers or null, got ${JSON.stringify(extent)}`,
      );
    });
  }

  function innerInput(nested: LayerConfig): readonly (number | null)[] {
    const layers = layersOf(nested);
    const first = nested.className === "Sequential" ? layers[0] : layers.find(({ className }) => className === "InputLayer");
    if (!first) throw new MasoError("format", `${file}: ${nested.name}: a model without input; expected an input layer`);
    return inputShape(first);
  }
}

/** Files number the uses of a nested model from 0 or from 1; other layers from 0. */
function firstNodes(layers: readonly LayerConfig[], outputs: readonly TensorReference[]): ReadonlyMap<string, number> {
  const lowest = new Map<string, number>();
  for (const [name, node] of [...layers.flatMap(({ inbound }) => inbound.flat()), ...outputs])
    lowest.set(name, Math.min(node, lowest.get(name) ?? node));
  return new Map(layers.map(({ name, className }) => [name, MODELS.has(className) && lowest.get(name) !== 0 ? 1 : 0]));
}
