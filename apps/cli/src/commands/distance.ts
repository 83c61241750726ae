import { type Distances, distances, nearest } from "@maso/analysis";
import { encode, MasoError } from "@maso/core";
import type { Answer } from "../answer";
import type { ScalingOptions } from "../input/scaling";
import type { ModelOptions } from "../model/open-model";
import { openWithPoints } from "../model/open-with-points";
import { formatNumber, table } from "../output/table";

export interface DistanceOptions extends ModelOptions, ScalingOptions {
  readonly data?: readonly string[];
  readonly k: string;
}

/** The VQ distances between inputs, and the nearest of each, per layer and in total. */
export async function distance(model: string | undefined, options: DistanceOptions): Promise<Answer> {
  const k = Number(options.k);
  if (!Number.isInteger(k) || k < 1) throw new MasoError("usage", `--k ${options.k}: expected a whole number of at least 1`);
  const { network, points } = await openWithPoints(model, "--data", options.data, options);
  const result = distances(encode(network, points.x));
  return { json: () => reportOf(result, points.labels.length, k), text: () => textOf(result, points.labels, k) };
}

function reportOf({ layers, total }: Distances, rows: number, k: number): object {
  const part = ({ id, units, matrix }: Distances["total"]): object => ({
    id,
    units,
    matrix: rowsOf(matrix, rows),
    neighbours: others(matrix, rows, k),
  });
  const { matrix, neighbours, units } = part(total) as { matrix: unknown; neighbours: unknown; units: number };
  return { layers: layers.map(part), total: { units, matrix }, neighbours };
}

function rowsOf(matrix: Float64Array, rows: number): number[][] {
  return Array.from({ length: rows }, (_, i) => [...matrix.subarray(i * rows, (i + 1) * rows)]);
}

const others = (matrix: Float64Array, rows: number, k: number): ReturnType<typeof nearest> =>
  nearest(matrix, rows, k, (row, column) => row === column);

const MOST_COLUMNS = 12;

function textOf({ layers, total }: Distances, labels: readonly string[], k: number): string {
  const rows = labels.length;
  const near = others(total.matrix, rows, k);
  const lines = [
    `VQ distances between ${rows} inputs: the share of ${total.units} units that use another piece`,
    "",
    table(
      ["input", "nearest over all layers"],
      labels.map((label, i) => [
        `${i} ${label}`,
        near[i]!.map(({ index, distance }) => `${index} ${labels[index]} (${formatNumber(distance)})`).join(", "),
      ]),
    ),
    "",
    table(
      ["layer", "units", "mean distance"],
      [...layers, total].map(({ id, units, matrix }) => [
        id,
        String(units),
        formatNumber(matrix.reduce((sum, value) => sum + value, 0) / Math.max(1, rows * (rows - 1))),
      ]),
    ),
  ];
  if (rows <= MOST_COLUMNS)
    lines.push(
      "",
      table(
        ["total", ...labels.map((_, i) => String(i))],
        rowsOf(total.matrix, rows).map((row, i) => [`${i} ${labels[i]}`, ...row.map(formatNumber)]),
      ),
    );
  return lines.join("\n");
}
