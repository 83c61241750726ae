import { MasoError, type Operator, type Shape } from "@maso/core";
import type { Refusal, Step } from "../define-plugin";

/** A model as its file tells it, judged but not built: shapes may still be open, layers may be refused. */
export interface Draft {
  readonly inputs: readonly DraftInput[];
  /** In an order in which every node comes after its sources. */
  readonly nodes: readonly DraftNode[];
}

export interface DraftInput {
  readonly name: string;
  /** Without batch; null where an extent is open. */
  readonly shape: readonly (number | null)[];
}

export interface DraftNode {
  readonly id: string;
  /** What the file calls it: a kind, a class name, an activation. */
  readonly op: string;
  /** Where it stands in the file, for messages. */
  readonly where: string;
  readonly content: Step | Refusal;
  /** The operator, where the reader needed it already. */
  readonly built?: Operator;
  readonly beta?: number | Float64Array;
  /** Sources: the inputs, then the nodes. */
  readonly from: readonly number[];
}

/** The nodes that a source depends on, itself included, as indices into nodes. */
export function neededBy({ inputs, nodes }: Draft, source: number): ReadonlySet<number> {
  const needed = new Set<number>();
  const open = [source];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const index = at - inputs.length;
    if (index < 0 || needed.has(index)) continue;
    needed.add(index);
    for (const from of nodes[index]!.from) open.push(from);
  }
  return needed;
}

/** A shape with nothing open, or null. */
export function closedShape(shape: readonly (number | null)[]): Shape | null {
  return shape.every((extent) => extent !== null) ? (shape as Shape) : null;
}

/** The source to cut at, by a node's id or an input's name. Throws "params". */
export function cutSource(who: string, { inputs, nodes }: Draft, cut: string): number {
  const node = nodes.findIndex(({ id }) => id === cut);
  if (node >= 0) return inputs.length + node;
  const input = inputs.findIndex(({ name }) => name === cut);
  if (input >= 0) return input;
  throw new MasoError(
    "params",
    `${who}: there is no node ${JSON.stringify(cut)} to cut at; there are ${listed(nodes.map(({ id }) => id))}`,
  );
}

/** Names for a message: all of a few, the ends of many. */
export function listed(names: readonly string[]): string {
  return names.length <= 12 ? names.join(", ") : `${names.slice(0, 10).join(", ")} ... ${names.at(-1)}`;
}
