import { join } from "node:path";
import { MasoError, outputShape, sizeOf } from "@maso/core";
import type { Answer } from "../answer";
import type { ScalingOptions } from "../input/scaling";
import { type ExplainedRow, explainRows, worstError } from "../model/explain-rows";
import type { Agreement, ModelOptions } from "../model/open-model";
import { type ModelWithPoints, openWithPoints } from "../model/open-with-points";
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
  const report = folder === undefined ? undefined : await writeReport(folder, model ?? DEFAULT_TITLE, opened, rows, chosen);
  return { json: () => reportOf(rows), text: () => textOf(opened, rows, report) };
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

function reportOf(rows: readonly ExplainedRow[]): object {
  return {
    rows: rows.map(({ output, logits, code, identityError }) => ({
      output: [...output],
      logits: [...logits],
      code: code.layers.map(({ id, choice }) => ({ id, choice: [...choice] })),
      identityError,
    })),
    maxIdentityError: worstError(rows),
  };
}

function textOf({ file, network, reading }: ModelWithPoints, rows: readonly ExplainedRow[], report: string | undefined): string {
  const several = sizeOf(outputShape(network)) > 1;
  const cells = rows.map(({ label, output, logits, identityError }) => {
    const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b);
    const shown = (k: number): string => (several ? `${k}: ${formatNumber(output[k]!)}` : formatNumber(output[k]!));
    return [label, ...order.slice(0, several ? 2 : 1).map(shown), identityError.toExponential(1)];
  });
  const headers = several ? ["input", "largest output", "second", "identity error"] : ["input", "output", "identity error"];
  return [
    `${file.name}: ${network.nodes.length} layers, ${rows.length} ${rows.length === 1 ? "input" : "inputs"}`,
    "",
    table(headers, cells),
    "",
    `f(x) = A[x]x + b[x] holds to ${worstError(rows).toExponential(1)} (largest identity error)`,
    ...agreementLine(reading.agreement),
    ...(report === undefined ? [] : [`The report is in ${report}`]),
  ].join("\n");
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
