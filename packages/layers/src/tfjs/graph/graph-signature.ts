import { MasoError } from "@maso/core";
import type { DraftInput } from "../../draft/draft";
import type { Artifacts } from "../artifacts";
import { shapeAttribute } from "./attributes";
import { type GraphNode, parseReference } from "./graph-def";

export interface GraphInput extends DraftInput {
  /** Whether axis 0 of the placeholder counts the batch. */
  readonly batched: boolean;
  readonly dtype: string;
}

export interface GraphOutput {
  /** The signature's key for it; the node's name where the file has no signature. */
  readonly name: string;
  readonly node: string;
  readonly output: number;
}

export interface GraphSignature {
  readonly inputs: readonly GraphInput[];
  readonly outputs: readonly GraphOutput[];
}

interface Entry {
  readonly name?: unknown;
  readonly tensorShape?: unknown;
}

/**
 * The inputs and outputs of a graph-model in the order in which tfjs gives them: that of the file's signature where there is one, else
 * that of the nodes: placeholders, and nodes that nobody reads. Throws "graph", "format" or "shape".
 */
export function graphSignature({ name: file, signature }: Artifacts, nodes: ReadonlyMap<string, GraphNode>): GraphSignature {
  const entries = (part: "inputs" | "outputs"): readonly (readonly [string, Entry])[] =>
    Object.entries(((signature as Record<string, unknown> | null | undefined)?.[part] ?? {}) as Record<string, Entry>);
  const given = entries("inputs").flatMap(([key, entry]) => {
    const { node } = parseReference(typeof entry.name === "string" ? entry.name : key);
    const found = nodes.get(node);
    return found?.op.startsWith("Placeholder") ? [{ found, declared: entry.tensorShape }] : [];
  });
  const named = new Set(given.map(({ found }) => found.name));
  const others = [...nodes.values()].filter(({ op, name }) => op === "Placeholder" && !named.has(name));
  const inputs = [...given, ...others.map((found) => ({ found, declared: undefined }))].map((each) => readInput(file, each));
  if (inputs.length === 0) throw new MasoError("graph", `${file}: the graph has no placeholder; expected at least one input`);
  return { inputs, outputs: readOutputs(file, entries("outputs"), nodes) };
}

function readInput(file: string, { found, declared }: { readonly found: GraphNode; readonly declared: unknown }): GraphInput {
  const where = `${file}: node ${found.name}: attr.shape`;
  const attribute = found.attributes.shape as { readonly shape?: unknown } | undefined;
  const shape = shapeAttribute(where, attribute?.shape ?? declared);
  if (shape === null) throw new MasoError("shape", `${where}: the placeholder does not say how many axes it has; expected a shape`);
  const dtype = (found.attributes.dtype as { readonly type?: unknown } | undefined)?.type;
  const batched = shape.length > 0 && (shape[0] === 1 || (shape[0] === null && shape.length > 1));
  return { name: found.name, shape: batched ? shape.slice(1) : shape, batched, dtype: typeof dtype === "string" ? dtype : "DT_FLOAT" };
}

function readOutputs(
  file: string,
  entries: readonly (readonly [string, Entry])[],
  nodes: ReadonlyMap<string, GraphNode>,
): readonly GraphOutput[] {
  if (entries.length === 0) {
    const read = new Set([...nodes.values()].flatMap(({ inputs }) => inputs.map(({ node }) => node)));
    const ends = [...nodes.values()].filter(({ name, op }) => !read.has(name) && op !== "NoOp" && op !== "Const");
    return ends.map(({ name }) => ({ name, node: name, output: 0 }));
  }
  return entries.map(([key, entry]) => {
    const reference = parseReference(typeof entry.name === "string" ? entry.name : key);
    if (!nodes.has(reference.node))
      throw new MasoError("graph", `${file}: the signature's output ${key} is ${reference.node}, but there is no such node`);
    return { name: key.replace(/:0$/, ""), ...reference };
  });
}
