import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as core from "@maso/core";
import { MasoError, type OperatorBody } from "@maso/core";
import * as layers from "@maso/layers";
import { builtins, type LayerPlugin, type Registry } from "@maso/layers";
import { isFolder } from "../input/read-file";

/** The built-in layers and those that modules export. Throws "file", "format" or "duplicate-kind". */
export async function loadPlugins(files: readonly string[]): Promise<Registry> {
  let registry = builtins as unknown as Registry;
  for (const file of files) {
    const plugins = await pluginsIn(file);
    try {
      registry = registry.with(...(plugins.map((plugin) => guarded(file, plugin)) as never[]));
    } catch (error) {
      throw error instanceof MasoError ? new MasoError(error.code, `${file}: ${error.message}`, { cause: error }) : error;
    }
  }
  return registry;
}

/** The plugin, its mistakes told from those of maso: whatever it throws names it. */
function guarded(file: string, plugin: LayerPlugin): LayerPlugin {
  const who = `${file}: plugin ${plugin.kind}`;
  return {
    ...plugin,
    build: (params, inputs, layers) => {
      const body = named(`${who}: build`, () => plugin.build(params, inputs, layers)) as unknown;
      if (typeof body === "object" && body !== null && "type" in body && (body.type === "affine" || body.type === "quantizer"))
        return body as OperatorBody;
      throw new MasoError("format", `${who}: build: expected an affine operator or a quantizer, got ${String(body)}`);
    },
    ...(plugin.tfjs ? { tfjs: guardedRules(who, plugin.tfjs) } : {}),
  };
}

type Rules = NonNullable<LayerPlugin["tfjs"]>;

function guardedRules(who: string, { layers = {}, activations = {}, ops = {}, patterns = {} }: Rules): Rules {
  type AnyRule = (...given: never[]) => unknown;
  const guard = <R extends AnyRule>(name: string, rule: R): R => ((...given) => named(`${who}: ${name}`, () => rule(...given))) as R;
  const each = <R extends AnyRule | { readonly anyLayout: AnyRule }>(rules: Readonly<Record<string, R>>): Record<string, R> =>
    Object.fromEntries(
      Object.entries(rules).map(([name, rule]) => [
        name,
        typeof rule === "function" ? guard(name, rule) : { anyLayout: guard(name, (rule as { readonly anyLayout: AnyRule }).anyLayout) },
      ]),
    ) as Record<string, R>;
  return { layers: each(layers), activations: each(activations), ops: each(ops), patterns: each(patterns) };
}

function named<T>(where: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof MasoError) throw error;
    throw new MasoError("format", `${where} failed (${error instanceof Error ? error.message : error})`, { cause: error });
  }
}

/** Whatever a module exports that looks like a plugin, by default or by name, alone or in arrays. */
async function pluginsIn(file: string): Promise<readonly LayerPlugin[]> {
  const exported = Object.values(await load(file))
    .flat()
    .filter(isPlugin);
  if (exported.length === 0) throw new MasoError("format", `${file}: exports no layer plugin; expected a value that definePlugin made`);
  return [...new Set(exported)];
}

/** JavaScript or TypeScript; what it imports from maso is this program's own copy, wherever the file lies. */
async function load(file: string): Promise<object> {
  if (isFolder(file)) throw new MasoError("file", `${file}: a folder, where a module is needed`);
  const { createJiti } = await import("jiti");
  const jiti = createJiti(pathToFileURL(resolve(file)).href, {
    virtualModules: { "@maso/core": core, "@maso/layers": layers },
    fsCache: false,
    interopDefault: false,
  });
  try {
    return await jiti.import<object>(resolve(file));
  } catch (error) {
    throw new MasoError("format", `${file}: the plugin cannot be loaded (${error instanceof Error ? error.message : error})`, {
      cause: error,
    });
  }
}

function isPlugin(value: unknown): value is LayerPlugin {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    typeof value.kind === "string" &&
    "build" in value &&
    typeof value.build === "function"
  );
}
