import { MasoError } from "@maso/core";
import { arrayOf, objectOf } from "../layers-config";

/** One result of a node. */
export interface GraphReference {
  readonly node: string;
  readonly output: number;
}

/** A node of a GraphDef, as its JSON form gives it. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Without control inputs. */
  readonly inputs: readonly GraphReference[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A graph-model's nodes by name, in the file's order. Throws "format" or "graph", naming the file and the node. */
export function readGraphDef(file: string, topology: unknown): ReadonlyMap<string, GraphNode> {
  const { node } = objectOf(file, "modelTopology", topology);
  const nodes = new Map<string, GraphNode>();
  arrayOf(file, "modelTopology.node", node).forEach((entry, i) => {
    const read = readNode(file, `modelTopology.node[${i}]`, entry);
    if (nodes.has(read.name)) throw new MasoError("graph", `${file}: two nodes are called ${read.name}; names need to be unique`);
    nodes.set(read.name, read);
  });
  for (const { name, inputs } of nodes.values())
    for (const input of inputs)
      if (!nodes.has(input.node)) throw new MasoError("graph", `${file}: node ${name}: it reads ${input.node}, but there is no such node`);
  return nodes;
}

function readNode(file: string, at: string, value: unknown): GraphNode {
  const { name, op, input, attr } = objectOf(file, at, value);
  for (const [key, word] of Object.entries({ name, op }))
    if (typeof word !== "string" || word === "") throw new MasoError("format", `${file}: ${at}.${key}: expected a name`);
  const inputs = arrayOf(file, `${at}.input`, input ?? []).flatMap((each) => {
    if (typeof each !== "string" || each === "") throw new MasoError("format", `${file}: ${at}.input: expected the names of nodes`);
    return each.startsWith("^") ? [] : [parseReference(each)];
  });
  return { name: name as string, op: op as string, inputs, attributes: objectOf(file, `${at}.attr`, attr ?? {}) };
}

/** `node`, `node:1` or `node:output:1`. */
export function parseReference(text: string): GraphReference {
  const parts = text.split(":");
  const output = Number(parts.at(-1));
  return parts.length === 1 || !Number.isInteger(output) ? { node: text, output: 0 } : { node: parts[0]!, output };
}

/**
 * The nodes that some nodes depend on, themselves included, each after what it reads. A loop's back edge (Merge reads NextIteration)
 * is not followed: loops are refused by their ops. Throws "graph" for any other cycle.
 */
export function inOrder(file: string, nodes: ReadonlyMap<string, GraphNode>, targets: readonly string[]): readonly GraphNode[] {
  const order: GraphNode[] = [];
  const state = new Map<string, "open" | "done">();
  const stack = [...targets].reverse();
  while (stack.length > 0) {
    const name = stack.at(-1)!;
    const node = nodes.get(name)!;
    if (state.get(name) === undefined) {
      state.set(name, "open");
      for (const input of [...node.inputs].reverse()) {
        if (node.op === "Merge" && nodes.get(input.node)!.op === "NextIteration") continue;
        if (state.get(input.node) === "open") throw new MasoError("graph", `${file}: node ${name}: it depends on its own output`);
        if (state.get(input.node) === undefined) stack.push(input.node);
      }
    } else {
      stack.pop();
      if (state.get(name) === "open") order.push(node);
      state.set(name, "done");
    }
  }
  return order;
}
