import { basename, dirname, join, resolve } from "node:path";
import { templates } from "@maso/analysis";
import { MasoError, type Network, outputShape, sizeOf } from "@maso/core";
import type { Answer } from "../answer";
import type { ScalingOptions } from "../input/scaling";
import { type ExplainedRow, explainRows, worstError } from "../model/explain-rows";
import type { Agreement, ModelOptions } from "../model/open-model";
import { type ModelWithPoints, openWithPoints } from "../model/open-with-points";
import { nameOfValue, type Output, outputsOf, ranked, shownValue } from "../model/outputs";
import { counted } from "../output/counted";
import { formatNumber, table } from "../output/table";
import { makeFolder, writeFileAtomically } from "../output/write-file-atomically";

export interface ExplainOptions extends ModelOptions, ScalingOptions {
  readonly input?: readonly string[];
  readonly rows?: string;
  readonly report?: string;
}

const DEFAULT_REPORT = "maso-report";
const DEFAULT_TITLE = "A digit classifier";

/** What a model computes at each input: outputs, codes, and how exactly the local affine map gives them. */
export async function explain(model: string | undefined, options: ExplainOptions): Promise<Answer> {
  const opened = await openWithPoints(model, "--input", options.input, options);
  const chosen = options.rows === undefined ? undefined : parseRows(options.rows, sizeOf(outputShape(opened.network)));
  const rows = await explainRows(opened.file.name, opened.network, opened.points);
  const folder = options.report ?? (model === undefined && !options.json ? DEFAULT_REPORT : undefined);
  const report = folder === undefined ? undefined : await writeReport(folder, titleOf(model), opened, rows, chosen);
  return { json: () => reportOf(opened, rows, chosen), text: () => textOf(opened, rows, chosen, report) };
}

async function writeReport(
  folder: string,
  title: string,
  { network, reading }: ModelWithPoints,
  rows: readonly ExplainedRow[],
  chosen: readonly number[] | undefined,
): Promise<string> {
  const { renderReport } = await import("../report/render-report");
  const file = join(folder, "index.html");
  makeFolder(folder);
  writeFileAtomically(file, renderReport({ title, format: reading.format, network, agreement: reading.agreement, rows, chosen }));
  return file;
}

/** A file's or a folder's own name. */
function titleOf(model: string | undefined): string {
  if (model === undefined) return DEFAULT_TITLE;
  const path = resolve(model);
  const named = basename(path) === "model.json" ? dirname(path) : path;
  return basename(named).replace(/(\.maso)?\.json$/, "") || model;
}

function reportOf({ network, reading }: ModelWithPoints, rows: readonly ExplainedRow[], chosen: readonly number[] | undefined): object {
  return {
    rows: rows.map(({ x, output, logits, code, identityError }) => ({
      output: [...output],
      logits: [...logits],
      code: code.layers.map(({ id, choice }) => ({ id, choice: [...choice] })),
      identityError,
      ...(chosen === undefined ? {} : { templates: templatesOf(network, x, chosen) }),
    })),
    maxIdentityError: worstError(rows),
    ...(reading.agreement ? { agreement: reading.agreement } : {}),
  };
}

/** logit = weights · x + bias, one for each chosen output. */
function templatesOf(network: Network, x: Float64Array, chosen: readonly number[]): object {
  return templates(network, x, { rows: chosen }).map(({ output, value, bias, weights }) => ({
    output,
    logit: value,
    bias,
    weights: [...weights],
  }));
}

/** At most so many outputs of a model have a column of their own. */
const MOST_COLUMNS = 4;

function textOf(
  { file, network, reading }: ModelWithPoints,
  rows: readonly ExplainedRow[],
  chosen: readonly number[] | undefined,
  report: string | undefined,
): string {
  const columns = columnsOf(network, chosen);
  const cells = rows.map((row) => [row.label, ...columns.map(({ cell }) => cell(row)), row.identityError.toExponential(1)]);
  return [
    `${file.name}: ${counted(network.nodes.length, "layer")}, ${counted(rows.length, "input")}`,
    "",
    table(["input", ...columns.map(({ header }) => header), "identity error"], cells),
    "",
    `f(x) = A[x]x + b[x] holds to ${worstError(rows).toExponential(1)} (largest identity error)`,
    ...agreementLine(reading.agreement),
    ...(report === undefined ? [] : [`The report is in ${report}`]),
  ].join("\n");
}

interface Column {
  readonly header: string;
  cell(row: ExplainedRow): string;
}

/** The chosen values; else the largest of each output, and the second of a single one. */
function columnsOf(network: Network, chosen: readonly number[] | undefined): readonly Column[] {
  const outputs = outputsOf(network);
  if (chosen) return chosen.map((k) => ({ header: `output ${nameOfValue(outputs, k)}`, cell: ({ output }) => formatNumber(output[k]!) }));
  const place = (output: Output, header: string, rank: number): Column => ({
    header,
    cell: (row) => shownValue(output, ranked(output, row)[rank]!, row),
  });
  const [only, ...others] = outputs;
  if (others.length > 0)
    return outputs.slice(0, MOST_COLUMNS).map((output) => place(output, output.size === 1 ? output.name : `largest of ${output.name}`, 0));
  return only!.size === 1 ? [place(only!, "output", 0)] : [place(only!, "largest output", 0), place(only!, "second", 1)];
}

function agreementLine(agreement: Agreement | undefined): string[] {
  if (!agreement) return [];
  if ("skipped" in agreement) return [`Not compared with TensorFlow.js: ${agreement.skipped}`];
  return [
    `Agrees with TensorFlow.js to ${agreement.error.toExponential(1)} of its largest output (float32; at most ${agreement.tolerance} is rounding)`,
  ];
}

/** `0,3`: indices of outputs. Throws "usage". */
function parseRows(text: string, outputs: number): readonly number[] {
  const rows = text.split(",").map((part) => (/^\d+$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (!rows.every((row) => row < outputs))
    throw new MasoError("usage", `--rows ${text}: expected indices of outputs from 0 to ${outputs - 1}, as in 0,3`);
  return [...new Set(rows)];
}
