import { setImmediate } from "node:timers/promises";
import { type CodeLayout, codeLayout, type PackedCodes, packCode } from "@maso/backends/codes";
import { type Compute, MasoError, type Network, sizeOf, sourceShape, trace } from "@maso/core";
import { pointsOf } from "../input/points";
import type { Item } from "../input/read-input";
import type { ModelWithStream } from "./open-with-stream";

export interface EncodedBatch {
  readonly codes: PackedCodes;
  readonly labels: readonly string[];
}

export interface EncodeOptions {
  readonly compute: Compute;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

/** The codes of a model's data, in batches that fit in memory. Throws "aborted" and what reading the data throws. */
export async function* encodeStream({ network, scaling, items }: ModelWithStream, options: EncodeOptions): AsyncGenerator<EncodedBatch> {
  const { compute, signal, onProgress } = options;
  const layout = codeLayout(network);
  const most = batchRows(network, layout);
  const encoded = (batch: readonly Item[]): EncodedBatch => {
    const { x, labels } = pointsOf(batch, network.inputs, scaling);
    const { values, code } = trace(network, x, { compute });
    checkFinite(values, batch);
    return { codes: packCode(layout, code), labels };
  };
  let batch: Item[] = [];
  for await (const { item, fraction } of items) {
    batch.push(item);
    if (batch.length < most) continue;
    yield encoded(batch);
    batch = [];
    onProgress(fraction);
    await setImmediate();
    if (signal.aborted) throw new MasoError("aborted", "encode: interrupted");
  }
  if (batch.length > 0) yield encoded(batch);
}

function checkFinite(values: Float64Array, batch: readonly Item[]): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const { where } = batch[Math.floor((bad * batch.length) / values.length)]!;
  throw new MasoError("non-finite", `${where}: the outputs are not finite; the numbers of the model or the input need to be smaller`);
}

const MOST_ROWS = 256;
/** 64 MB of float64. */
const MOST_VALUES = 2 ** 23;

/** Rows whose values at the widest node, and whose codes before they are packed, stay within bounds. */
function batchRows(network: Network, { units }: CodeLayout): number {
  let widest = units;
  for (let source = 0; source < network.inputs.length + network.nodes.length; source++)
    widest = Math.max(widest, sizeOf(sourceShape(network, source)));
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / Math.max(1, widest))));
}
