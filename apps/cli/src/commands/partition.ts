import { type PartitionSummary, type PartitionWorker, partitionSequence, type Slice, type SlicePartition } from "@maso/analysis";
import { inputSize, MasoError, type Network } from "@maso/core";
import type { Answer } from "../answer";
import { wholeNumber } from "../input/option-values";
import { interruptible } from "../interruption";
import { type ModelFile, type ModelOptions, openModel } from "../model/open-model";
import { judge, readNetwork } from "../model/read-network";
import { startCompute } from "../model/start-compute";
import { withFraction } from "../output/progress";
import { formatNumber, table } from "../output/table";
import { chooseSlice, type SliceOptions } from "../slice/choose-slice";
import { createWorker } from "../slice/create-worker";
import { type PictureFlags, pictureJobs } from "../slice/write-pictures";

export interface PartitionOptions extends ModelOptions, SliceOptions, PictureFlags {
  readonly threads: string;
  readonly checkpoints?: string;
}

/** Every region of a model on a plane. */
export async function partition(model: string, options: PartitionOptions): Promise<Answer> {
  const threads = wholeNumber("--threads", options.threads, 1, MOST_THREADS);
  const pictures = pictureJobs(options);
  const file = await openModel(model, options);
  await judge(file);
  const { network, slice } = await chooseSlice(file, options);
  const earlier = await openCheckpoints(options, network);
  const { frames, seconds } = await interruptible((signal) =>
    withFraction("partition", (onProgress) =>
      timed([...earlier, network], slice, { signal, onProgress, threads, createWorker: () => createWorker(options) }),
    ),
  );
  const last = frames.at(-1)!;
  const written = await pictures.write({ title: model, network, frames });
  const peakMemoryMB = (1024 * process.resourceUsage().maxRSS) / 1e6;
  const report = { ...reportOf(last.summary), seconds, peakMemoryMB };
  return { json: () => report, text: () => textOf(file, last, report, written) };
}

const MOST_THREADS = 256;

interface Job {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
  readonly threads: number;
  readonly createWorker: () => PartitionWorker;
}

async function timed(
  networks: readonly Network[],
  slice: Slice,
  job: Job,
): Promise<{ frames: readonly SlicePartition[]; seconds: number }> {
  const start = performance.now();
  const compute = await startCompute();
  const frames = await partitionSequence(networks, slice, { ...job, compute });
  return { frames, seconds: (performance.now() - start) / 1000 };
}

async function openCheckpoints(options: PartitionOptions, { inputs }: Network): Promise<readonly Network[]> {
  const networks: Network[] = [];
  for (const path of options.checkpoints?.split(",") ?? []) {
    const file = await openModel(path, options);
    await judge(file);
    const shapes = inputs.map((shape) => shape.join());
    const { network } = await readNetwork(file);
    if (network.inputs.map((shape) => shape.join()).join(" ") !== shapes.join(" "))
      throw new MasoError("shape", `${path}: has ${inputSize(network)} inputs in other shapes than the model's; checkpoints need the same`);
    networks.push(network);
  }
  return networks;
}

function reportOf(summary: PartitionSummary) {
  const { regions, distinctMaps, vertices, edges, regionsAfterLayer, area, windowArea, boundaryLength } = summary;
  const { maxLipschitzSlice, maxLipschitzInput, maxOutput, exactDecisions } = summary;
  return {
    regions,
    distinctMaps,
    vertices,
    edges,
    regionsAfterLayer: [...regionsAfterLayer],
    area,
    windowArea,
    boundaryLength,
    maxLipschitzSlice,
    maxLipschitzInput,
    maxOutput: [...maxOutput],
    exactDecisions,
  };
}

type Report = ReturnType<typeof reportOf> & { readonly seconds: number; readonly peakMemoryMB: number };

const MOST_OUTPUTS = 12;

function textOf({ name }: ModelFile, { layers }: SlicePartition, report: Report, written: readonly string[]): string {
  const count = (value: number): string => value.toLocaleString("en");
  const rows: string[][] = [
    ["regions", count(report.regions)],
    ["distinct maps", count(report.distinctMaps)],
    ["vertices", count(report.vertices)],
    ["edges", count(report.edges)],
    ["area of the window", formatNumber(report.windowArea)],
    ["length of the decision boundary", formatNumber(report.boundaryLength)],
    ["largest Lipschitz constant on the slice", formatNumber(report.maxLipschitzSlice)],
    ["largest Lipschitz constant of the inputs", report.maxLipschitzInput === null ? "–" : formatNumber(report.maxLipschitzInput)],
    ["signs settled exactly", count(report.exactDecisions)],
  ];
  const outputs = report.maxOutput.slice(0, MOST_OUTPUTS).map((value, k) => `${k}: ${formatNumber(value)}`);
  return [
    `${name}: ${count(report.regions)} regions on the slice, in ${formatNumber(report.seconds)} s and ${Math.round(report.peakMemoryMB)} MB`,
    "",
    table(
      ["layer", "units", "regions after it"],
      layers.map(({ id, units, regions }) => [id, count(units), count(regions)]),
    ),
    "",
    table(["on the whole window", ""], rows),
    "",
    `largest outputs  ${outputs.join(", ")}${report.maxOutput.length > MOST_OUTPUTS ? ", ..." : ""}`,
    ...written.map((path) => `written: ${path}`),
  ].join("\n");
}
