import { MasoError } from "@maso/core";
import type { LayerCall, LayerCalls } from "./layer-call";
import { arrayOf, innerLayers, type LayerConfig, modelConfig, references, type TensorReference } from "./layers-config";

const MODELS = new Set(["Sequential", "Model", "Functional"]);

/** A layers-model opened up: sequential, functional, nested, with shared layers and several inputs and outputs. Throws "format" or "graph". */
export function layerCalls(file: string, topology: unknown): LayerCalls {
  const inputs: LayerCalls["inputs"][number][] = [];
  const calls: LayerCall[] = [];
  const uses = new Map<string, number>();
  const model = modelConfig(file, topology);
  if (!MODELS.has(model.className))
    throw new MasoError("format", `${file}: modelTopology.class_name: expected ${[...MODELS].join(", ")}, got ${model.className}`);
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
    opened: LayerConfig,
    prefix: string,
    args: readonly number[] | null,
  ): readonly { readonly name: string; readonly at: number }[] {
    const layers = innerLayers(file, opened);
    return opened.className === "Sequential" ? openSequential(layers, prefix, args) : openFunctional(opened, layers, prefix, args);
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
    const firstNode = firstNodes(layers, references(file, `${opened.name}.output_layers`, config.output_layers));
    const results = new Map<string, readonly number[]>();
    const open = new Set<string>();
    return references(file, `${opened.name}.output_layers`, config.output_layers).map((reference) => ({
      name: reference[0],
      at: resolve(reference),
    }));

    function resolve([name, node, tensor]: TensorReference): number {
      const input = given.get(name);
      if (input !== undefined) return input;
      const layer = byName.get(name);
      if (!layer) throw new MasoError("graph", `${file}: ${opened.name}: there is no layer ${name}, but others read it`);
      const use = node - firstNode.get(name)!;
      const inbound = layer.inbound[use];
      if (!inbound) throw new MasoError("graph", `${file}: layer ${name}: it has no use ${node}, but others read it`);
      const key = `${name}/${use}`;
      if (!results.has(key)) {
        if (open.has(key)) throw new MasoError("graph", `${file}: layer ${name}: it depends on its own output`);
        open.add(key);
        results.set(key, call(layer, prefix, inbound.map(resolve)));
        open.delete(key);
      }
      const at = results.get(key)![tensor];
      if (at === undefined) throw new MasoError("graph", `${file}: layer ${name}: it has no output ${tensor}, but others read it`);
      return at;
    }
  }

  function call(layer: LayerConfig, prefix: string, from: readonly number[]): readonly number[] {
    const used = uses.get(prefix + layer.name) ?? 0;
    uses.set(prefix + layer.name, used + 1);
    const id = used === 0 ? prefix + layer.name : `${prefix}${layer.name}#${used + 1}`;
    if (MODELS.has(layer.className)) return openModel(layer, `${id}/`, from).map(({ at }) => at);
    calls.push({ id, layer: layer.name, className: layer.className, config: layer.config, from });
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
    const layers = innerLayers(file, nested);
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
