import { type Network, type OutputPart, outputParts, sizeOf } from "@maso/core";
import { formatNumber } from "../output/table";
import type { ExplainedRow } from "./explain-rows";

/** One output of the model, as it is shown. */
export interface Output extends OutputPart {
  readonly size: number;
}

/** The model's outputs under their own names. */
export function outputsOf(network: Network): readonly Output[] {
  return outputParts(network).map((part) => ({ ...part, name: part.name.replace(/^outputs\//, ""), size: sizeOf(part.shape) }));
}

/** The values of an output, the largest first: indices into the network's output. What the head makes equal, the logits tell apart. */
export function ranked({ offset, size }: Output, { output, logits }: Pick<ExplainedRow, "output" | "logits">): readonly number[] {
  return Array.from({ length: size }, (_, i) => offset + i).sort((a, b) => output[b]! - output[a]! || logits[b]! - logits[a]! || a - b);
}

/** What value k of the network's output is called: `3`, behind the output's name where there are several. */
export function nameOfValue(outputs: readonly Output[], k: number): string {
  if (outputs.length === 1) return String(k);
  const { name, offset, size } = outputs.find((each) => k < each.offset + each.size)!;
  return size === 1 ? name : `${name} ${k - offset}`;
}

/** A value for the text of a command: its index and what it is. */
export function shownValue({ offset, size }: Output, k: number, { output }: Pick<ExplainedRow, "output">): string {
  return size === 1 ? formatNumber(output[k]!) : `${k - offset}: ${formatNumber(output[k]!)}`;
}
