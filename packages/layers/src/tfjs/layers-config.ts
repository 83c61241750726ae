import { MasoError } from "@maso/core";

export type Config = Readonly<Record<string, unknown>>;

/** A layer or a model as a layers-model's topology describes it. */
export interface LayerConfig {
  readonly name: string;
  readonly className: string;
  /** Keys in snake_case. */
  readonly config: Config;
  /** Per use, what it reads. */
  readonly inbound: readonly (readonly TensorReference[])[];
}

export type TensorReference = readonly [layer: string, node: number, tensor: number];

/** Throws "format", with the file and the place. */
export function modelConfig(file: string, topology: unknown): LayerConfig {
  const outer = objectOf(file, "modelTopology", topology);
  const model = outer.model_config === undefined ? outer : objectOf(file, "modelTopology.model_config", outer.model_config);
  return layerConfig(file, "modelTopology", model);
}

export function layerConfig(file: string, at: string, value: unknown): LayerConfig {
  const entry = snakeCased(objectOf(file, at, value));
  if (typeof entry.class_name !== "string")
    throw new MasoError(
      "format",
      `${file}: ${at}.class_name: expected the name of a class, got ${JSON.stringify(entry.class_name) ?? "nothing"}`,
    );
  const config = Array.isArray(entry.config) ? { layers: entry.config } : snakeCased(objectOf(file, `${at}.config`, entry.config ?? {}));
  const name = entry.name ?? config.name ?? entry.class_name.toLowerCase();
  if (typeof name !== "string") throw new MasoError("format", `${file}: ${at}.name: expected a string`);
  const inbound = arrayOf(file, `${at}.inbound_nodes`, entry.inbound_nodes ?? []).map((node, n) =>
    references(file, `${at}.inbound_nodes[${n}]`, node),
  );
  return { name, className: entry.class_name, config, inbound };
}

/** The layers of a model's config. */
export function innerLayers(file: string, { name, config }: LayerConfig): readonly LayerConfig[] {
  return arrayOf(file, `${name}.layers`, config.layers).map((layer, i) => layerConfig(file, `${name}.layers[${i}]`, layer));
}

/** Tensors as [name, node, tensor, ...] lists; a single one may stand by itself; Keras 3 wraps them in keras_history. */
export function references(file: string, at: string, value: unknown): readonly TensorReference[] {
  const found: TensorReference[] = [];
  collect(value);
  if (found.length === 0) throw new MasoError("format", `${file}: ${at}: expected [layer, node, tensor]`);
  return found;

  function collect(part: unknown): void {
    if (Array.isArray(part)) {
      const [layer, node, tensor] = part;
      if (typeof layer === "string" && Number.isInteger(node) && Number.isInteger(tensor)) found.push([layer, node, tensor]);
      else part.forEach(collect);
    } else if (typeof part === "object" && part !== null) {
      if ("keras_history" in part) collect(part.keras_history);
      else Object.values(part).forEach(collect);
    }
  }
}

export function objectOf(file: string, at: string, value: unknown): Config {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MasoError("format", `${file}: ${at}: expected an object`);
  return value as Config;
}

export function arrayOf(file: string, at: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new MasoError("format", `${file}: ${at}: expected a list`);
  return value;
}

/** Models in memory have camelCase settings, files snake_case ones. */
function snakeCased(value: Config): Config {
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), each]),
  );
}
