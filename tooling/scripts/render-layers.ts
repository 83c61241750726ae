import { readFileSync } from "node:fs";
import { builtins, type LayerPlugin } from "@maso/layers";
import { vocabulary } from "@maso/layers/tfjs";
import { root } from "./workspace";

/** LAYERS.md, made of the registry's plugins, the comments above them and the reader's refusals. */
export function renderLayers(): string {
  const plugins = [...builtins.plugins.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  return `# Layers

<!-- Made by \`npm run layers\` from the registry. -->

What \`@maso/layers\` reads and what it refuses. A kind is the name that a network file uses; Keras classes and activations are those of
layers-models, ops those of graph-models (also in the fused forms of other ops). An op in italics stands for several nodes that end in it and together are the layer.
Some settings of a supported layer are refused too, with the reason; \`maso inspect model.json\` lists all refusals of a model at once.

## Supported

${table(
  ["kind", "what it computes", "Keras classes", "activations", "graph ops"],
  plugins.map(({ kind, tfjs }) => [
    code(kind),
    comment(kind),
    codes(Object.keys(tfjs?.layers ?? {})),
    codes(Object.keys(tfjs?.activations ?? {})),
    [codes(Object.keys(tfjs?.ops ?? {})), patterns(tfjs)].filter((part) => part !== "").join(", "),
  ]),
)}

Besides these, models may be sequential, functional, nested, with shared layers and several inputs and outputs. A softmax, sigmoid or tanh at the very end
is left off and named as the head. Graph-models may carry ${codes(vocabulary.aliases)}, which hand on what they read, \`Transpose\`, which moves nothing until somebody
needs the axes in order, and whatever follows from weights and shapes alone: the ops above on constants, and ${codes(vocabulary.computed)}.

## Refused

No affine splines, so refused by name; a cut before them leaves the rest.

${table(["what", "why"], refusals(plugins))}
`;
}

/** The comment above a plugin. */
function comment(kind: string): string {
  const source = readFileSync(`${root}packages/layers/src/kinds/${kind}.ts`, "utf8");
  const [, text] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+ = definePlugin/.exec(source) ?? [];
  if (text === undefined) throw new Error(`packages/layers/src/kinds/${kind}.ts: the plugin needs a comment above it`);
  return text
    .replace(/\n\s*\*/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function patterns(tfjs: LayerPlugin["tfjs"]): string {
  return Object.keys(tfjs?.patterns ?? {})
    .map((op) => `_${op}_`)
    .join(", ");
}

/** Names that share a reason share a line; what a plugin reads is not among them. */
function refusals(plugins: readonly LayerPlugin[]): string[][] {
  const known = new Set(
    plugins.flatMap(({ tfjs }) => [tfjs?.layers, tfjs?.activations, tfjs?.ops].flatMap((rules) => Object.keys(rules ?? {}))),
  );
  const names = new Map<string, string[]>();
  for (const [name, reason] of vocabulary.refused) if (!known.has(name)) names.set(reason, [...(names.get(reason) ?? []), name]);
  return [...names].map(([reason, own]) => [codes(own), reason]);
}

function codes(names: readonly string[]): string {
  return names.map(code).join(", ");
}

function code(name: string): string {
  return `\`${name}\``;
}

/** Columns as wide as their widest cell, as the formatter wants them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, i) => Math.max(3, ...cells.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  const [first, ...others] = cells.map(line);
  return [first, line(widths.map((width) => "-".repeat(width))), ...others].join("\n");
}
