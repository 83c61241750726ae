import { type LinePartition, linePartition } from "@maso/analysis";
import { inputSize, MasoError } from "@maso/core";
import type { Answer } from "../answer";
import { pointsOf } from "../input/points";
import { type ScalingOptions, scalingOf } from "../input/scaling";
import { interruptible } from "../interruption";
import { type ModelOptions, openModel } from "../model/open-model";
import { judge, readNetwork } from "../model/read-network";
import { startCompute } from "../model/start-compute";
import { withFraction } from "../output/progress";
import { formatNumber, table } from "../output/table";
import { readPoint } from "../slice/read-points";

export interface LineOptions extends ModelOptions, ScalingOptions {
  readonly from?: string;
  readonly to?: string;
}

/** Every piece of a model on the way from one input to another, and what each value of the input adds to the change. */
export async function line(model: string, options: LineOptions): Promise<Answer> {
  const { from, to } = options;
  if (from === undefined || to === undefined)
    throw new MasoError("usage", "--from and --to are needed: a file with one row each, or file:row");
  const scaling = scalingOf(options);
  const file = await openModel(model, options);
  await judge(file);
  const items = [await readPoint("--from", from, file), await readPoint("--to", to, file)];
  const { network } = await readNetwork(file, items);
  const size = inputSize(network);
  const { x } = pointsOf(items, network.inputs, scaling);
  const result = await interruptible((signal) =>
    withFraction("line", async (onProgress) =>
      linePartition(network, x.slice(0, size), x.slice(size), { compute: await startCompute(), signal, onProgress }),
    ),
  );
  return { json: () => reportOf(result, size), text: () => textOf(file.name, result, size) };
}

function reportOf({ pieces, breakpoints, integratedGradients, completenessError }: LinePartition, inputs: number): object {
  return { pieces, breakpoints: [...breakpoints], integratedGradients: rowsOf(integratedGradients, inputs), completenessError };
}

const rowsOf = (values: Float64Array, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);

const MOST_OUTPUTS = 12;

function textOf(name: string, result: LinePartition, inputs: number): string {
  const { pieces, breakpoints, outputs, rows, integratedGradients, completenessError } = result;
  const width = outputs.length / (pieces + 1);
  const cells = rows.slice(0, MOST_OUTPUTS).map((k, row) => {
    const gradients = integratedGradients.subarray(row * inputs, (row + 1) * inputs);
    const largest = gradients.reduce((best, value, i) => (Math.abs(value) > Math.abs(gradients[best]!) ? i : best), 0);
    const ends = [outputs[k]!, outputs[pieces * width + k]!];
    return [String(k), ...ends.map(formatNumber), formatNumber(ends[1]! - ends[0]!), `x[${largest}]: ${formatNumber(gradients[largest]!)}`];
  });
  const gaps = [0, ...breakpoints, 1].map((at, i, all) => (i === 0 ? 1 : at - all[i - 1]!)).slice(1);
  return [
    `${name}: ${pieces} ${pieces === 1 ? "piece" : "pieces"} between the two inputs, the shortest ${formatNumber(gaps.reduce((a, b) => Math.min(a, b), 1))} of the way`,
    ...(cells.length === 0 ? [] : ["", table(["output", "from", "to", "change", "largest integrated gradient"], cells)]),
    ...(rows.length > MOST_OUTPUTS ? [`... and ${rows.length - MOST_OUTPUTS} more outputs`] : []),
    "",
    `integrated gradients add up to the change within ${completenessError.toExponential(1)}`,
  ].join("\n");
}
