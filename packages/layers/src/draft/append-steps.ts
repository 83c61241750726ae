import type { Operator } from "@maso/core";
import { isRefusal, type Refusal, type Step } from "../define-plugin";
import type { DraftNode } from "./draft";

/** A step of a layer or of a graph's node, as the model calls it. */
export interface Content {
  readonly op: string;
  readonly content: Step | Refusal;
  /** Where it is built already. */
  readonly built?: Operator;
}

/**
 * Adds the steps of one layer to a draft and gives the source of its result. The last step has the layer's own id, those before it
 * their kind behind it (`conv1/conv2d`, then `conv1`, a ReLU). `reads` are the sources that the layer reads.
 */
export function appendSteps(
  nodes: DraftNode[],
  inputs: number,
  { id, where }: Pick<DraftNode, "id" | "where">,
  contents: readonly Content[],
  reads: readonly number[],
): number {
  const first = inputs + nodes.length;
  contents.forEach(({ op, content, built }, i) => {
    const from = sourcesOf(content, i, first, reads);
    nodes.push({ id: i === contents.length - 1 ? id : innerId(id, contents, i), op, where, content, from, ...(built ? { built } : {}) });
  });
  return inputs + nodes.length - 1;
}

function sourcesOf(content: Step | Refusal, i: number, first: number, reads: readonly number[]): readonly number[] {
  const given = isRefusal(content) ? undefined : content.from;
  if (given) return given.map((at) => (at < reads.length ? reads[at]! : first + at - reads.length));
  return i === 0 ? reads : [first + i - 1];
}

function innerId(id: string, contents: readonly Content[], i: number): string {
  const part = ({ content, op }: Content): string => (isRefusal(content) ? op : content.kind);
  const same = contents.slice(0, i).filter((each) => part(each) === part(contents[i]!)).length;
  return `${id}/${part(contents[i]!)}${same === 0 ? "" : `#${same + 1}`}`;
}
