import { MasoError, type Operator, type OperatorBody, type Shape } from "@maso/core";
import { getDotPath, safeParse } from "valibot";
import type { LayerPlugin, OperatorSource } from "./define-plugin";

/** A plugin whatever its parameters. */
export interface AnyPlugin {
  readonly kind: string;
  build(params: never, inputs: readonly Shape[], layers: OperatorSource): OperatorBody;
}

type GivenOf<Plugin> = Plugin extends LayerPlugin<string, infer Given, infer _> ? Given : never;

/** The parameters of each kind that a list of plugins brings. */
export type KindsOf<Plugins extends readonly AnyPlugin[]> = { [Plugin in Plugins[number] as Plugin["kind"]]: GivenOf<Plugin> };

/** The layers that maso knows: a value. `with` gives another registry, the old one is unchanged. */
export interface Registry<Kinds = Record<string, unknown>> {
  readonly plugins: ReadonlyMap<string, LayerPlugin>;
  /** Throws "duplicate-kind". */
  with<const Plugins extends readonly AnyPlugin[]>(...plugins: Plugins): Registry<Kinds & KindsOf<Plugins>>;
  /** An operator of a known kind, its parameters checked by the compiler and at run time. */
  build<Kind extends keyof Kinds & string>(kind: Kind, params: Kinds[Kind], ...inputs: readonly Shape[]): Operator;
  /**
   * An operator of data from outside. Throws "unknown-kind", "params", "shape", "non-finite" or "too-large";
   * `where` says in the message where the data stands (`layers[3]`).
   */
  operator(kind: string, params: unknown, inputs: readonly Shape[], where?: string): Operator;
}

export function registry<const Plugins extends readonly AnyPlugin[]>(plugins: Plugins): Registry<KindsOf<Plugins>> {
  return registryOf(plugins as unknown as readonly LayerPlugin[]) as Registry<KindsOf<Plugins>>;
}

function registryOf(list: readonly LayerPlugin[]): Registry {
  const plugins = new Map<string, LayerPlugin>();
  for (const plugin of list) {
    if (plugins.has(plugin.kind))
      throw new MasoError("duplicate-kind", `registry: a plugin of kind ${plugin.kind} is there already; kinds need to be unique`);
    plugins.set(plugin.kind, plugin);
  }
  const operator: Registry["operator"] = (kind, params, inputs, where) => {
    const plugin = plugins.get(kind);
    if (!plugin)
      throw new MasoError(
        "unknown-kind",
        `${where ? `${where}: ` : ""}no layer of kind ${JSON.stringify(kind)} is known; add a plugin for it`,
      );
    return located(kind, where, () => {
      const checked = plugin.params ? parseParams(plugin.params, params ?? {}) : (params ?? {});
      return Object.freeze({ ...plugin.build(checked, inputs, { operator }), kind, params: checked });
    });
  };
  return Object.freeze({
    plugins,
    with: (...more: readonly AnyPlugin[]) => registryOf([...list, ...(more as unknown as readonly LayerPlugin[])]) as never,
    build: (kind: string, params: unknown, ...inputs: readonly Shape[]) => operator(kind, params, inputs),
    operator,
  });
}

/** Parameters as a plugin's schema wants them. Throws "params", with `at` naming the parameter. */
function parseParams(schema: NonNullable<LayerPlugin["params"]>, params: unknown): unknown {
  const result = safeParse(schema, params);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const nonFinite = issue.message.includes("finite");
  throw new MasoError(nonFinite ? "non-finite" : "params", issue.message, { at: getDotPath(issue) ?? undefined });
}

/** Says where an error happened: `dense: weight: expected 5 columns, got 4`, or `layers[3].params.weight: expected …`. */
function located<T>(kind: string, where: string | undefined, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof MasoError)) throw error;
    const place =
      where === undefined
        ? [kind, error.at].filter(Boolean).join(": ")
        : error.at === undefined
          ? `${where}: ${kind}`
          : `${where}.params.${error.at}`;
    throw new MasoError(error.code, `${place}: ${error.message}`, { cause: error, at: error.at });
  }
}
