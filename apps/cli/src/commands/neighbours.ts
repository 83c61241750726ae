import { openCodeFile } from "@maso/backends/code-files";
import { codeLayout, type Neighbour, nearest, type PackedCodes, packedCodes } from "@maso/backends/codes";
import { MasoError, type Network } from "@maso/core";
import type { Answer } from "../answer";
import { wholeNumber } from "../input/option-values";
import type { ScalingOptions } from "../input/scaling";
import { interruptible } from "../interruption";
import { type EncodedBatch, encodeStream } from "../model/encode-stream";
import type { ModelOptions } from "../model/open-model";
import { openWithStream } from "../model/open-with-stream";
import { startCompute } from "../model/start-compute";
import { counted } from "../output/counted";
import { withFraction } from "../output/progress";
import { formatNumber, table } from "../output/table";

export interface NeighboursOptions extends ModelOptions, ScalingOptions {
  readonly codes?: string;
  readonly input?: readonly string[];
  readonly k: string;
}

const MOST_NEIGHBOURS = 2 ** 20;

/** The rows of an encoded data set whose codes are nearest to those of some inputs. */
export async function neighbours(model: string, options: NeighboursOptions): Promise<Answer> {
  const k = wholeNumber("--k", options.k, 1, MOST_NEIGHBOURS);
  if (options.codes === undefined) throw new MasoError("usage", "--codes is needed: a file that maso encode wrote");
  const opened = await openWithStream(model, "--input", options.input, options);
  const codes = await openCodeFile(options.codes, opened.network);
  const { query, labels, found } = await interruptible(async (signal) => {
    const compute = await startCompute();
    const { query, labels } = await withFraction("encode", (onProgress) =>
      gather(opened.network, encodeStream(opened, { compute, signal, onProgress })),
    );
    const found = await withFraction("neighbours", (onProgress) => nearest(query, codes, k, { signal, onProgress }));
    return { query, labels, found };
  });
  return {
    json: () => ({ neighbours: found }),
    text: () =>
      textOf(
        `${codes.path}: the nearest of ${counted(codes.rows, "row")}, by the share of ${counted(query.layout.units, "unit")} that use another piece`,
        labels,
        found,
      ),
  };
}

/** All batches as one. */
async function gather(
  network: Network,
  batches: AsyncIterable<EncodedBatch>,
): Promise<{ readonly query: PackedCodes; readonly labels: readonly string[] }> {
  const all: EncodedBatch[] = [];
  for await (const batch of batches) all.push(batch);
  const layout = codeLayout(network);
  const rows = all.reduce((total, { codes }) => total + codes.rows, 0);
  const words = new Int32Array(rows * layout.words);
  let at = 0;
  for (const { codes } of all) {
    words.set(codes.words, at);
    at += codes.words.length;
  }
  return { query: packedCodes(layout, rows, words), labels: all.flatMap(({ labels }) => labels) };
}

function textOf(title: string, labels: readonly string[], found: readonly (readonly Neighbour[])[]): string {
  const shown = (list: readonly Neighbour[]): string =>
    list.map(({ index, distance }) => `${index} (${formatNumber(distance)})`).join(", ");
  return [
    title,
    "",
    table(
      ["input", "nearest rows (distance)"],
      labels.map((label, i) => [`${i} ${label}`, shown(found[i]!)]),
    ),
  ].join("\n");
}
