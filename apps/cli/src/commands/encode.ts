import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { writeCodeFile } from "@maso/backends/code-files";
import { type CodeLayout, codeLayout, type PackedCodes } from "@maso/backends/codes";
import { MasoError } from "@maso/core";
import type { Answer } from "../answer";
import { filesOf } from "../input/read-input";
import type { ScalingOptions } from "../input/scaling";
import { interruptible } from "../interruption";
import { encodeStream } from "../model/encode-stream";
import { type ModelOptions, modelPath } from "../model/open-model";
import { type ModelWithStream, openWithStream } from "../model/open-with-stream";
import { startCompute } from "../model/start-compute";
import { counted } from "../output/counted";
import { withFraction } from "../output/progress";
import { table } from "../output/table";
import { checkWritable } from "../output/write-file-atomically";

export interface EncodeOptions extends ModelOptions, ScalingOptions {
  readonly data?: readonly string[];
  readonly out?: string;
}

/** The codes of a data set, computed once and kept in a file. */
export async function encode(model: string, options: EncodeOptions): Promise<Answer> {
  const { out } = options;
  if (out === undefined) throw new MasoError("usage", "--out is needed: the code file to write");
  checkWritable(out);
  if ([modelPath(model), ...filesOf(options.data ?? [])].some((path) => placeOf(path) === placeOf(out)))
    throw new MasoError("usage", `--out ${out} is also read: name another file for the codes`);
  const opened = await openWithStream(model, "--data", options.data, options);
  const layout = codeLayout(opened.network);
  const written = await interruptible((signal) =>
    withFraction("encode", async (onProgress) =>
      writeCodeFile(out, opened.network, packed(opened, { compute: await startCompute(), signal, onProgress })),
    ),
  );
  const report = { rows: written.rows, bits: bitsOf(layout), bytes: written.bytes, out };
  return { json: () => report, text: () => textOf(opened.file.name, report, layout) };
}

/** Where a file stands, whatever links lead there. */
const placeOf = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));

async function* packed(opened: ModelWithStream, options: Parameters<typeof encodeStream>[1]): AsyncGenerator<PackedCodes> {
  for await (const { codes } of encodeStream(opened, options)) yield codes;
}

/** That hold the units of a row, without what pads them to whole words. */
const bitsOf = ({ nodes }: CodeLayout): number => nodes.reduce((total, { units, bits }) => total + units * bits, 0);

interface Report {
  readonly rows: number;
  readonly bits: number;
  readonly bytes: number;
  readonly out: string;
}

function textOf(name: string, { rows, bits, bytes, out }: Report, { nodes, units }: CodeLayout): string {
  const count = (value: number): string => value.toLocaleString("en");
  return [
    `${name}: the codes of ${counted(rows, "row", count(rows))}, ${counted(units, "unit", count(units))} in ${counted(bits, "bit", count(bits))} each`,
    "",
    table(
      ["layer", "units", "pieces", "bits a unit"],
      nodes.map(({ id, units, pieces, bits }) => [id, count(units), count(pieces), String(bits)]),
    ),
    "",
    `written: ${out}, ${count(bytes)} bytes`,
  ].join("\n");
}
