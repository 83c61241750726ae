import { MasoError, type Operator, type OperatorBody, type Shape } from "@maso/core";
import { type BaseIssue, type GenericSchema, getDotPath, safeParse } from "valibot";
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
  throw new MasoError(nonFinite ? "non-finite" : "params", issueMessage(schema, issue), { at: getDotPath(issue) ?? undefined });
}

/** What an issue says, in the words of maso's own messages: valibot's for keys and types would not name what is expected. */
function issueMessage(schema: NonNullable<LayerPlugin["params"]>, { type, expected, received, message, path }: BaseIssue<unknown>): string {
  const entries: Readonly<Record<string, GenericSchema>> = "entries" in schema ? (schema.entries as never) : {};
  const [key] = path ?? [];
  if (type === "strict_object" && key !== undefined && path?.length === 1) {
    if (expected === "never") return `unknown parameter; expected ${Object.keys(entries).join(", ") || "none"}`;
    const entry = entries[String(key.key)];
    const missing = entry && safeParse(entry, undefined);
    if (missing && !missing.success) return `${words(missing.issues[0])}, got nothing`;
  }
  return words({ message, expected, received });
}

/** A message of valibot's own, "Invalid type: Expected string but received 3", as `expected string, got 3`. */
function words({ message, expected, received }: Pick<BaseIssue<unknown>, "message" | "expected" | "received">): string {
  return message.startsWith("Invalid ") ? `expected ${expected ?? "another value"}, got ${received}` : message;
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
    // Some operators name themselves.
    const problem = error.message.startsWith(`${kind}: `) ? error.message.slice(kind.length + 2) : error.message;
    throw new MasoError(error.code, `${place}: ${problem}`, { cause: error, at: error.at });
  }
}
